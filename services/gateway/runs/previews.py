"""What a training would be: its networks, layer by layer, and the size of its states."""

from __future__ import annotations

from services.contracts.api.runs import LayerPreview, NetworkPreview, Preview
from services.contracts.datasets import DatasetInfo
from services.contracts.training import networks
from services.contracts.training.networks import Network
from services.contracts.training.spec import TrainingSpec
from services.contracts.training.state_size import state_bytes


def preview(spec: TrainingSpec, info: DatasetInfo) -> Preview:
    """Both networks of a spec and its data set."""
    generator, discriminator = _networks(spec, info)
    return Preview(
        spec=spec,
        state_bytes=state_bytes(spec, generator, discriminator),
        generator=network_preview(generator),
        discriminator=network_preview(discriminator),
    )


def training_state_bytes(spec: TrainingSpec, info: DatasetInfo) -> int:
    """Bytes of one training state."""
    return state_bytes(spec, *_networks(spec, info))


def network_preview(network: Network) -> NetworkPreview:
    """Its layers and how many parameters they have."""
    return NetworkPreview(
        total=network.total,
        trainable=network.trainable,
        non_trainable=network.non_trainable,
        layers=[
            LayerPreview(
                name=layer.name,
                type=layer.type,
                output_shape=list(layer.output_shape),
                parameters=layer.parameters,
            )
            for layer in network.layers
        ],
    )


def _networks(spec: TrainingSpec, info: DatasetInfo) -> tuple[Network, Network]:
    channels, classes = info.image_shape[2], len(info.map_classes)
    return networks.generator(spec, channels, classes), networks.discriminator(spec, channels, classes)
