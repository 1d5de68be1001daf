from services.serving.base.metrics import Counter, Histogram, Metrics


def test_a_counter_in_tensorflow_servings_form() -> None:
    counter = Counter("/tensorflow/serving/request_count", "model_name", "status")
    counter.add("m", "OK")
    counter.add("m", "OK")
    counter.add('odd"\\name', "NOT_FOUND")
    assert counter.lines() == [
        "# TYPE :tensorflow:serving:request_count counter",
        ':tensorflow:serving:request_count{model_name="m",status="OK"} 2',
        ':tensorflow:serving:request_count{model_name="odd\\"\\\\name",status="NOT_FOUND"} 1',
    ]


def test_a_histogram_counts_cumulatively() -> None:
    histogram = Histogram("/latency", "model", bounds=(10.0, 18.0))
    for amount in (5, 12, 100):
        histogram.add(amount, "m")
    assert histogram.lines() == [
        "# TYPE :latency histogram",
        ':latency_bucket{model="m",le="10"} 1',
        ':latency_bucket{model="m",le="18"} 2',
        ':latency_bucket{model="m",le="+Inf"} 3',
        ':latency_sum{model="m"} 117',
        ':latency_count{model="m"} 3',
    ]


def test_the_page_has_every_metric() -> None:
    metrics = Metrics()
    metrics.request_latency.add(100, "m", "Predict", "GRPC")
    page = metrics.exposition()
    assert page.count("# TYPE ") == len(vars(metrics))
    labels = 'model_name="m",API="Predict",entrypoint="GRPC"'
    assert f':tensorflow:serving:request_latency_bucket{{{labels},le="18"}} 0' in page
    assert page.endswith("\n")
