/**
 * The terms of the page in a student's words: one or two sentences each. Figures and settings that are explained
 * elsewhere are taken from there, so that nothing is said twice.
 */

import { fieldsOf } from "../training/field.ts";
import { SECTIONS } from "../training/sections.ts";
import { METRICS } from "./metrics.ts";

export interface GlossaryEntry {
  readonly term: string;
  readonly text: string;
  /** Other spellings under which it stands in texts; plurals are found by themselves. */
  readonly names?: readonly string[];
}

const SETTINGS = new Map(
  SECTIONS.flatMap(fieldsOf).map(({ path, label, help }) => [path, { label, help }]),
);

/** A setting of a training, as its form explains it. */
function setting(path: string, words: { readonly term?: string; readonly more?: string } = {}) {
  const { label = path, help = "" } = SETTINGS.get(path) ?? {};
  return { term: words.term ?? label, text: [help, words.more].filter(Boolean).join(" ") };
}

/** A figure, as it is explained wherever runs are compared. */
function metric(
  name: keyof typeof METRICS,
  words: { readonly term?: string; readonly more?: string } = {},
) {
  const { label, help } = METRICS[name];
  return { term: words.term ?? label, text: [help, words.more].filter(Boolean).join(" ") };
}

const SPACE = {
  latent_space: {
    term: "Latent space",
    text: "All recipes that the generator knows. Each point of it is a short list of numbers, and each list becomes an image; points that lie close together become images that look alike.",
  },
  point: {
    term: "Point",
    text: "One place in the latent space: two, three or a few more numbers, the coordinates z₁, z₂, … The generator turns them into one image, always the same.",
    names: ["latent point"],
  },
  map: {
    term: "Map",
    text: "The latent space seen from above. For each of its cells an image is generated, the classifier names what it shows, and the cell gets the colour of that class.",
    names: ["class map"],
  },
  theme: {
    term: "Theme",
    text: "What a map is coloured by. It need not be the class: it can be what a judge says of the image, or how fast the image changes there.",
  },
  walk: {
    term: "Walk",
    text: "The images on a straight line between two points (interpolation). If the space is smooth, one slowly turns into the other, and you see where one class ends and the next begins.",
    names: ["interpolation", "straight line between"],
  },
  stretch: {
    term: "Stretch",
    text: "How far the image moves when the point takes a small step. High: you cross many different images quickly. Low: the image hardly changes, however far you go.",
  },
  novelty: {
    term: "Novelty",
    text: "How different the image is from the training image that is most like it. Close to zero, the generator has only copied; it is meant to invent.",
  },
  confidence: {
    term: "Confidence",
    text: "How sure the classifier is of the class that it names. It is low near the borders of the map, where an image lies between two classes.",
  },
  folds: setting("latent.folds"),
  prior: setting("latent.prior"),
  conditional: { ...setting("conditional"), names: ["conditional model", "conditional training"] },
  label: {
    term: "Label",
    text: "The class that a conditional model is asked for. Point and label together make the image; whether it obeys is for the classifier to say.",
  },
} as const satisfies Readonly<Record<string, GlossaryEntry>>;

const NETWORKS = {
  gan: {
    term: "GAN",
    text: "Generative adversarial network: two networks that learn by playing against each other. A generator makes images; a discriminator tries to tell them from real ones; each gets better because the other does.",
    names: ["generative adversarial network"],
  },
  generator: {
    term: "Generator",
    text: "The network that makes the images: it takes a point of the latent space and builds an image from it, layer by layer. It has never seen a real image; it only learns from the discriminator’s judgement.",
  },
  discriminator: {
    term: "Discriminator",
    text: "The generator’s opponent: a network that learns to tell real images from generated ones while the generator learns to fool it.",
  },
  classifier: {
    term: "Classifier",
    text: "An independent network that has learnt the classes from real images, such as which digit is meant. It takes no part in the training of the GAN; it names what the generated images show.",
  },
  two_sample_network: {
    term: "Two-sample network",
    text: "A fresh network that is trained apart from the GAN, only to tell generated images from real ones. Unlike the discriminator, the generator could not get used to it.",
    names: ["two-sample net"],
  },
  judge: {
    term: "Judges",
    text: "The networks that look at a generated image: the classifier says what it shows, the discriminator and the two-sample network whether it could be real.",
    names: ["judge"],
  },
  layer: {
    term: "Layer",
    text: "One stage of a network. In the generator each layer makes the picture of the one before it larger and finer, from a few coarse patches to the image.",
  },
  channel: {
    term: "Channel",
    text: "One of the pictures that a layer puts out side by side, also called a feature map. Each channel answers to something of its own, such as an edge, a stroke or a background.",
    names: ["feature map"],
  },
  ablation: {
    term: "Ablation",
    text: "Switching off a part of a network to see what breaks. What disappears from the image tells what that part was for. The panel Surgery does it with rows, columns and channels of a layer.",
    names: ["surgery"],
  },
  activation: {
    term: "Activation",
    text: "The bend after each layer of a network. Without it, all layers together could only do what a single one can. The word also means what a layer puts out.",
    names: ["activation function"],
  },
  batch_norm: setting("network.batch_norm"),
  dropout: setting("network.dropout"),
} as const satisfies Readonly<Record<string, GlossaryEntry>>;

const TRAINING = {
  epoch: setting("epochs", { term: "Epoch", more: "One time through is one epoch." }),
  batch: { ...setting("batch_size", { term: "Batch" }), names: ["batch size"] },
  seed: setting("seed"),
  loss: {
    term: "Loss",
    text: "The number that a network tries to make small. In a GAN the two losses pull against each other, so neither says by itself how good the images are.",
  },
  cross_entropy: {
    term: "Cross-entropy",
    text: "How surprised a network is by the right answers, in nats. 0: it was always right and sure of it; 0.69, the logarithm of 2, is what guessing between two answers costs.",
    names: ["binary cross-entropy"],
  },
  learning_rate: setting("optimizer.generator.learning_rate"),
  optimizer: { ...setting("optimizer.generator.name"), names: ["optimizer"] },
  r1: { ...setting("regularization.r1"), names: ["R1"] },
  r2: { ...setting("regularization.r2"), names: ["R2"] },
  ema: {
    ...setting("regularization.ema", {
      term: "Weight averaging (EMA)",
      more: "EMA means exponential moving average.",
    }),
    names: ["EMA", "weight averaging"],
  },
  label_smoothing: setting("regularization.label_smoothing"),
  mode_collapse: {
    term: "Mode collapse",
    text: "The generator has found a few images that fool the discriminator and makes nothing else. On the map, whole classes disappear.",
    names: ["lost class"],
  },
  map_change: metric("map_change"),
  dead_units: { ...metric("dead_units", { term: "Dead units" }), names: ["dead unit"] },
  version: {
    term: "Version",
    text: "The model as it was after a certain epoch, kept so that it can be explored. Playing the versions shows how the map came about.",
  },
  fork: {
    term: "Fork",
    text: "A training that begins with what another one had learnt by some epoch, and goes on with other settings.",
  },
  loss_surface: {
    term: "Loss surface",
    text: "The loss over a small plane in the space of all weights, drawn like a landscape with the training’s path through it.",
  },
} as const satisfies Readonly<Record<string, GlossaryEntry>>;

const FIGURES = {
  two_sample_test: {
    term: "Two-sample test",
    text: "A new network is trained to tell generated images from real ones, and is then asked about images that it has not seen. If it can only guess (wrong half of the time), the generated ones pass for real.",
    names: ["strong two-sample test", "weak two-sample test", "strong test", "weak test"],
  },
  frechet_distance: {
    ...metric("frechet_distance", {
      more: "Both crowds of images are described by their average and their spread; the distance lies between these descriptions.",
    }),
    names: ["FID"],
  },
  kernel_distance: { ...metric("kernel_distance"), names: ["KID"] },
  precision: { ...metric("precision", { term: "Precision" }), names: ["precision of the images"] },
  recall: metric("recall"),
  density: metric("density"),
  coverage: metric("coverage"),
  classifier_score: metric("classifier_score"),
  pixel_coverage: metric("pixel_coverage"),
  label_fidelity: metric("label_fidelity"),
  judges_agreement: metric("judges_agreement"),
  calibration: {
    ...metric("discriminator_calibration", { term: "Calibration error" }),
    names: ["calibration"],
  },
  confidence_interval: {
    term: "95\u00a0% interval",
    text: "Were the same thing done again with other seeds, the true mean would lie in 95 of 100 such intervals. Where two intervals overlap a lot, the difference may be chance.",
    names: ["95 % interval", "confidence interval"],
  },
} as const satisfies Readonly<Record<string, GlossaryEntry>>;

export const GLOSSARY_GROUPS = [
  { title: "The space and its map", entries: SPACE },
  { title: "The networks", entries: NETWORKS },
  { title: "The training", entries: TRAINING },
  { title: "How good are the images?", entries: FIGURES },
] as const;

export const GLOSSARY = { ...SPACE, ...NETWORKS, ...TRAINING, ...FIGURES };
export type TermName = keyof typeof GLOSSARY;
export const TERM_NAMES = Object.keys(GLOSSARY) as readonly TermName[];

export function entryOf(name: TermName): GlossaryEntry {
  return GLOSSARY[name];
}
