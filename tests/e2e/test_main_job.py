"""From an empty home to an explored latent space, over the real processes."""

import io
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.support.system import System, few_images, small_training
from tests.support.waiting import wait_for

pytestmark = pytest.mark.e2e


def events_of(system: System, run: str, after: int | None = None) -> list[tuple[str, dict[str, Any]]]:
    """All numbered events of a finished run, as a browser gets them."""
    headers = {} if after is None else {"Last-Event-ID": str(after)}
    body = system.http.get(f"/v1/runs/{run}/events", headers=headers).text
    found = []
    for block in body.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "id" in fields:
            data = json.loads(fields["data"])
            assert (fields["id"], fields["event"]) == (str(data["id"]), data["event"])
            found.append((fields["event"], data))
    return found


# Training ---------------------------------------------------------------------------------


def test_a_training_from_the_command_line_is_listed_and_told_again(system: System, model: str) -> None:
    assert "succeeded" in system.atlas("runs").stdout
    assert "epoch 4/4" in system.atlas("watch", model).stdout
    run = system.json("GET", f"/runs/{model}")
    assert (run["state"], run["epoch"], run["versions"]) == ("succeeded", 4, [2, 4])
    assert run["maps"] == run["snapshots"] == [1, 2, 3, 4]
    assert run["seconds_per_epoch"] > 0


def test_its_events_come_in_order_once_and_from_any_place(system: System, model: str) -> None:
    events = events_of(system, model)
    assert [data["id"] for _, data in events] == list(range(1, len(events) + 1))
    kinds = [kind for kind, _ in events]
    assert kinds.count("epoch") == kinds.count("snapshot") == kinds.count("map") == 4
    assert kinds.count("export") == 2
    assert [data["state"] for kind, data in events if kind == "state"][-1] == "succeeded"
    assert events_of(system, model, after=5) == events[5:]


def test_every_epochs_figures_can_be_had_as_json_and_csv(system: System, model: str) -> None:
    figures = system.json("GET", f"/runs/{model}/epochs")["epochs"]
    assert [row["epoch"] for row in figures] == [1, 2, 3, 4]
    assert all(np.isfinite(row["generator_loss"]) for row in figures)
    assert figures[0]["map_change"] is None
    assert 0 <= figures[1]["map_change"] <= 1
    assert sum(figures[3]["shares"].values()) == pytest.approx(1)
    assert 0 <= figures[3]["weak_test"]["error"] <= 1
    csv = system.http.get(f"/v1/runs/{model}/epochs", headers={"Accept": "text/csv"}).text
    assert len(csv.strip().splitlines()) == 5


def test_its_snapshots_and_maps_are_pictures(system: System, model: str) -> None:
    answer = system.http.get(f"/v1/runs/{model}/snapshots/4")
    assert answer.headers["content-type"] == "image/png"
    assert len(set(Image.open(io.BytesIO(answer.content)).convert("L").tobytes())) > 10
    drawn = system.json("GET", f"/runs/{model}/maps/4")
    assert np.array(drawn["classes"]).shape == (20, 20)


def test_a_running_training_is_cancelled_and_deleted(system: System) -> None:
    system.json(
        "POST", "/runs", 202, json=small_training("endless", dataset=few_images(system), epochs=5000)
    )
    system.wait_for_run("endless", "running")
    system.json("DELETE", "/runs/endless", 409)
    system.json("POST", "/runs/endless/cancel", 202)
    system.wait_for_run("endless", "cancelled", 60)
    system.json("DELETE", "/runs/endless", 204)
    system.json("GET", "/runs/endless", 404)


def test_a_training_goes_on_when_its_worker_is_killed(system: System) -> None:
    spec = small_training(
        "survivor",
        dataset=few_images(system),
        epochs=40,
        export={"every": 40},
        monitor={"map_resolution": 10, "map_every": 10, "weak_test_every": 40},
    )
    system.json("POST", "/runs", 202, json=spec)
    wait_for(lambda: system.json("GET", "/runs/survivor")["epoch"] >= 2, 120, "two epochs")
    system.kill("services.trainer.worker")
    run = system.wait_for_run("survivor", "succeeded")
    assert run["epoch"] == 40
    epochs = [row["epoch"] for row in system.json("GET", "/runs/survivor/epochs")["epochs"]]
    assert epochs == list(range(1, 41))


# Exploring --------------------------------------------------------------------------------


def test_the_model_says_what_it_is(system: System, model: str) -> None:
    shown = system.json("GET", f"/models/{model}")
    assert (shown["latent_dim"], shown["prior"], shown["conditional"]) == (2, "uniform", False)
    assert (shown["versions"], shown["image_shape"]) == ([2, 4], [28, 28, 1])
    assert shown["classes"] == [str(digit) for digit in range(10)]
    assert [layer["name"] for layer in shown["layers"]] == ["dense", "conv_1", "conv_2", "conv_3"]


def test_a_map_asked_twice_is_a_hit_with_the_same_bytes(system: System, model: str) -> None:
    query = {"resolution": 33, "version": 4}
    first = system.http.get(f"/v1/models/{model}/map", params=query)
    second = system.http.get(f"/v1/models/{model}/map", params=query)
    assert (first.headers["x-cache"], second.headers["x-cache"]) == ("miss", "hit")
    assert first.content == second.content
    again = system.http.get(
        f"/v1/models/{model}/map", params=query, headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_a_map_is_made_of_the_classes_of_its_points(system: System, model: str) -> None:
    drawn = system.json("GET", f"/models/{model}/map", params={"resolution": 5})
    values = np.linspace(-1, 1, 5)
    points = [[x, y] for y in values for x in values]
    made = system.json("POST", f"/models/{model}/generate", json={"points": points})
    found = [made["classes"][index]["index"] for index in range(25)]
    assert np.array(drawn["classes"]).ravel().tolist() == found


def test_every_form_of_a_map_holds_the_same_classes(system: System, model: str) -> None:
    from services.gateway.stubs import latent_atlas_pb2

    def ask(form: str) -> bytes:
        path = f"/v1/models/{model}/map?resolution=20"
        answer = system.http.get(path, headers={"Accept": form})
        assert answer.headers["content-type"].startswith(form)
        return answer.content

    classes = np.array(json.loads(ask("application/json"))["classes"], np.uint8)
    np.testing.assert_array_equal(np.load(io.BytesIO(ask("application/x-npy"))), classes)
    message = latent_atlas_pb2.LatentMap.FromString(ask("application/x-protobuf"))
    np.testing.assert_array_equal(np.frombuffer(message.classes, np.uint8).reshape(20, 20), classes)
    assert Image.open(io.BytesIO(ask("image/png"))).size[0] >= 20


def test_a_new_version_answers_by_default_and_the_old_one_when_asked(system: System) -> None:
    system.json("POST", "/runs", 202, json=small_training("grows", epochs=12, export={"every": 6}))
    path = "/v1/models/grows/map?resolution=10"
    wait_for(lambda: system.http.get(path).status_code == 200, 180, "the first version")
    first = system.http.get(path).json()
    system.wait_for_run("grows", "succeeded")
    wait_for(lambda: system.http.get(path).json()["version"] == 12, 30, "the second version")
    old = system.http.get(f"{path}&version=6")
    assert old.json() == first
    assert old.headers["x-cache"] == "hit"


def test_the_command_line_explores(system: System, model: str, tmp_path: Path) -> None:
    assert "2 4" in system.atlas("models").stdout
    sheet, strip, film, drawn = (tmp_path / name for name in ("a.png", "b.png", "c.gif", "d.png"))
    system.atlas("generate", model, "--point", "0.5,-0.5", "-o", str(sheet))
    system.atlas("interpolate", model, "--from", "-1,-1", "--to", "1,1", "-o", str(strip))
    system.atlas("interpolate", model, "--from", "-1,-1", "--to", "1,1", "--steps", "5", "-o", str(film))
    system.atlas("map", model, "--resolution", "40", "-o", str(drawn))
    with Image.open(sheet) as one, Image.open(strip) as many, Image.open(film) as moving:
        assert many.size[0] > one.size[0]
        assert getattr(moving, "n_frames", 1) == 5
    with Image.open(drawn) as picture:
        assert (picture.format, min(picture.size) >= 40) == ("PNG", True)
    refused = system.atlas("generate", model, "--point", "1,2,3", check=False)
    assert refused.returncode == 1
    assert "points" in refused.stderr
    assert "Traceback" not in refused.stderr


INDEPENDENT_CLIENT = """
import sys, grpc, numpy as np, tensorflow as tf
from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc
address, model, folder, out = sys.argv[1:]
points = np.linspace(-1, 1, 16, dtype=np.float32).reshape(8, 2)
request = predict_pb2.PredictRequest()
request.model_spec.name = model
request.model_spec.signature_name = "generate"
request.inputs["z"].CopyFrom(tf.make_tensor_proto(points))
stub = prediction_service_pb2_grpc.PredictionServiceStub(grpc.insecure_channel(address))
answer = stub.Predict(request, timeout=60)
served = {name: tf.make_ndarray(tensor) for name, tensor in answer.outputs.items()}
loaded = tf.saved_model.load(folder).signatures["generate"](z=tf.constant(points))
assert served["image"].dtype == np.uint8 and served["image"].shape == (8, 28, 28, 1)
assert set(served) == set(loaded) == {"image", "class_id", "class_probability"}
np.testing.assert_array_equal(served["class_id"], loaded["class_id"])
np.testing.assert_allclose(served["image"].astype(int), loaded["image"].numpy().astype(int), atol=1)
np.save(out, served["image"])
"""


def test_an_independent_client_and_tensorflow_itself_see_the_same_images(
    system: System, model: str, tmp_path: Path
) -> None:
    out = tmp_path / "images.npy"
    folder = system.home / "models" / model / "4"
    arguments = [system.serving_address, model, str(folder), str(out)]
    subprocess.run([sys.executable, "-c", INDEPENDENT_CLIENT, *arguments], check=True, timeout=200)
    points = np.linspace(-1, 1, 16, dtype=np.float32).reshape(8, 2).tolist()
    answer = system.http.post(
        f"/v1/models/{model}/generate", json={"points": points}, headers={"Accept": "application/x-npy"}
    )
    np.testing.assert_array_equal(np.load(io.BytesIO(answer.content)), np.load(out))


# What must be refused ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "field"),
    [
        ("POST", "/runs", {"name": "Bad Name", "dataset": "digits"}, 422, "name"),
        ("POST", "/runs", {"name": "x", "dataset": "nothing"}, 422, "dataset"),
        ("POST", "/runs", {"name": "x", "dataset": "digits", "epochs": -1}, 422, "epochs"),
        ("POST", "/runs/preview", {"name": "x", "dataset": "digits", "speed": 1}, 422, "speed"),
        ("POST", "/models/seen/generate", {"points": [[0, 0, 0]]}, 422, "points"),
        ("POST", "/models/seen/generate", {"points": [["a", 0]]}, 422, "points"),
        ("POST", "/models/seen/generate", {"count": -3}, 422, "count"),
        ("POST", "/models/seen/generate", {"count": 3, "labels": [1, 1, 1]}, 422, "labels"),
        ("POST", "/models/seen/interpolate", {"start": [0, 0], "end": [0], "steps": 3}, 422, "end"),
        ("GET", "/models/seen/map?resolution=-5", None, 422, "resolution"),
        ("GET", "/models/seen/map?axes=0,7", None, 422, "axes"),
        ("GET", "/models/seen/map?range=nan,1", None, 422, "range"),
        ("GET", "/models/seen/map?version=3", None, 404, None),
        ("GET", "/models/nobody/map", None, 404, None),
        ("GET", "/runs/nobody", None, 404, None),
        ("POST", "/runs/seen/pause", None, 409, None),
    ],
)
def test_what_is_wrong_is_refused_by_its_field_and_the_system_goes_on(
    system: System, model: str, method: str, path: str, body: Any, status: int, field: str | None
) -> None:
    answer = system.http.request(method, f"/v1{path}", json=body)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["detail"]
    if field:
        assert any(error["path"].split(".")[0] == field for error in problem["errors"]), problem
    assert system.http.get("/readyz").status_code == 200


def test_nan_in_json_is_refused(system: System, model: str) -> None:
    answer = system.http.post(
        f"/v1/models/{model}/generate",
        content=b'{"points": [[NaN, 0]]}',
        headers={"Content-Type": "application/json"},
    )
    assert 400 <= answer.status_code < 500


# Stopping and starting --------------------------------------------------------------------


def test_a_stopped_system_knows_everything_when_it_starts_again(tmp_path: Path) -> None:
    system = System(tmp_path / "home")
    try:
        system.start()
        images = few_images(system)
        system.json("POST", "/runs", 202, json=small_training("short", dataset=images, epochs=2))
        system.wait_for_run("short", "succeeded")
        lasting = small_training(
            "long",
            dataset=images,
            epochs=60,
            export={"every": 60},
            monitor={"map_resolution": 10, "map_every": 10, "weak_test_every": 60},
        )
        system.json("POST", "/runs", 202, json=lasting)
        wait_for(lambda: system.json("GET", "/runs/long")["epoch"] >= 1, 120, "an epoch")
        assert system.stop(signal.SIGINT) == 0
        assert "Traceback" not in system.log, system.log
        done = (system.home / "runs" / "long" / "events.jsonl").read_text().count('"event":"epoch"')
        system.start()
        assert system.json("GET", "/runs/short")["state"] == "succeeded"
        assert system.json("GET", "/models/short")["versions"] == [2]
        assert system.json("GET", "/models/short/map", params={"resolution": 10})["version"] == 2
        run = system.wait_for_run("long", "succeeded")
        assert run["epoch"] == 60
        epochs = [row["epoch"] for row in system.json("GET", "/runs/long/epochs")["epochs"]]
        assert epochs == list(range(1, 61))
        assert done >= 1
    finally:
        system.stop_anyway()


def test_an_empty_home_begins_its_first_training(tmp_path: Path) -> None:
    system = System(tmp_path / "home", ATLAS_FIRST_RUN="on")
    try:
        system.start()
        run = system.wait_for_run("digits-2d", "running", 60)
        assert run["spec"]["dataset"] == "digits"
        assert system.stop() == 0
        system.start()
        assert [r["name"] for r in system.json("GET", "/runs")["runs"]] == ["digits-2d"]
    finally:
        system.stop_anyway()
