/** The gallery's data sets: built-in ones, an uploaded one, and the review of an upload. */
import { CLASSES } from "./field.ts";

export const DATASETS = [
  {
    name: "digits",
    title: "Handwritten digits of scikit-learn, 8×8 scaled to 28×28",
    train: 1437,
    test: 360,
  },
  { name: "mnist", title: "MNIST handwritten digits", train: 60000, test: 10000 },
].map((one) => ({ ...one, image_shape: [28, 28, 1], classes: CLASSES, uploaded: false, at_hand: true }));

/** One whose images no training has brought along yet. */
export const ABSENT = {
  name: "fashion_mnist",
  title: "Fashion-MNIST garments",
  train: 60000,
  test: 10000,
  image_shape: [28, 28, 1],
  classes: [
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
  ],
  uploaded: false,
  at_hand: false,
};

export const UPLOADED = {
  title: "Uploaded just now",
  image_shape: [64, 64, 3],
  classes: ["forest", "sea"],
  train: 100,
  test: 20,
  uploaded: true,
  at_hand: true,
};

export const PREVIEW = {
  id: "0".repeat(32),
  image_shape: UPLOADED.image_shape,
  classes: UPLOADED.classes.map((name) => ({ name, train: 50, test: 10 })),
  train: UPLOADED.train,
  test: UPLOADED.test,
  own_parts: false,
  skipped: 3,
  expires: "2026-01-01T00:00:00Z",
};
