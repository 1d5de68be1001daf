"""Two-sample tests: can a network tell generated images from real ones?

A classifier two-sample test (Lopez-Paz & Oquab 2017): one part of the images of both kinds trains the
network, the other part measures it. Real images are test images, which the GAN has never seen. Both
kinds are uint8, so nothing but the picture can give one away. The `weak` test is quick enough to run
during a training, the `strong` one judges it at its end.

From a script, with a data set from `services.trainer.data.datasets.load`::

    from services.trainer.evaluation.two_sample.strong import StrongTester

    tester = StrongTester(dataset, seed=0)
    z = sample(spec, tester.count, seed=1)                 # or however the points are drawn
    labels = tester.labels if spec.conditional else None   # generated labels follow the real ones
    result = tester.test(shown.images(z, labels))          # a StrongTest: .error, .curve, .p_value ...

`strong_test(images, dataset)` is the same in one call, for images uint8[n, h, w, c] that are there
already (n at least `min(len(dataset.test), 10_000)`).

With the recipe `STUDY` or `WHOLE_STUDY` the same calls make the founding study's test; it takes training
images too, so `tester.count` is larger, and the generated images follow `tester.labels` likewise.
"""
