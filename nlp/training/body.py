"""Train the body of the encoder on pairs of provisions: in-batch negatives, hard negatives from BM25, a fixed time."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from nlp.progress import OnProgress, Progress, silent
from nlp.retrieval.lexical import LexicalIndex
from nlp.training.e5_wheel import BertShape, Checkpoint
from nlp.training.positives import Example, Material, Sampler

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nlp.training.build_encoder import StartEncoder
    from nlp.training.settings import BodySettings

QUERY, PASSAGE = "query: ", "passage: "
MINING_DEPTH = 30  # BM25 ranks that hard negatives are drawn from
SKIPPED_RANKS = 3  # the first ranks are too often unlisted relatives
BLOCKED = -1e4  # added to the score of a passage that must not count as a negative


def bert_of(checkpoint: Checkpoint) -> BertModel:
    """The checkpoint as a torch model without a pooler."""
    shape = checkpoint.shape
    words = checkpoint.weights["embeddings.word_embeddings.weight"]
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.inner,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.types,
        layer_norm_eps=shape.epsilon,
        hidden_dropout_prob=0.0,  # the runs are too short to overfit; without it the two sides of a pair see the same network
        attention_probs_dropout_prob=0.0,
        pad_token_id=1,
    )
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict({name: torch.from_numpy(value.copy()) for name, value in checkpoint.weights.items()})
    return model


def checkpoint_of(model: BertModel, shape: BertShape) -> Checkpoint:
    """The model's weights as numpy arrays."""
    return Checkpoint(shape, {name: value.detach().float().numpy() for name, value in model.state_dict().items()})


class TextEncoder:
    """Texts to unit rows with gradients: mean over tokens, as the shipped form does."""

    def __init__(self, model: BertModel, tokenizer_json: bytes, max_tokens: int) -> None:
        self.model = model
        self._tokenizer = Tokenizer.from_buffer(tokenizer_json)
        self._tokenizer.enable_truncation(max_tokens)
        self._tokenizer.enable_padding(pad_id=1, pad_token="<pad>")  # noqa: S106 - not a password

    def __call__(self, texts: Sequence[str]) -> torch.Tensor:
        """Unit rows (n, hidden), one a text."""
        encodings = self._tokenizer.encode_batch(list(texts))
        ids = torch.tensor([encoding.ids for encoding in encodings])
        mask = torch.tensor([encoding.attention_mask for encoding in encodings])
        states = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
        pooled = (states * mask[:, :, None]).sum(dim=1)
        return torch.nn.functional.normalize(pooled.float(), dim=1)


def train_body(
    start: StartEncoder,
    material: Material,
    settings: BodySettings,
    seed: int,
    clock: Callable[[], float],
    on_progress: OnProgress = silent,
    on_checkpoint: Callable[[Checkpoint], None] = lambda _: None,
) -> Checkpoint:
    """The adapted weights after `settings.minutes` of `clock` (seconds). Progress counts seconds; `detail` has step and loss.

    The order of examples depends on the seed alone; the number of steps on the speed of the machine.
    """
    torch.manual_seed(seed)
    model = bert_of(start.checkpoint).train()
    for part in (model.embeddings, *model.encoder.layer[: settings.frozen_layers]):
        part.requires_grad_(requires_grad=False)
    encode = TextEncoder(model, start.tokenizer_json, settings.max_tokens)
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=settings.learning_rate, weight_decay=settings.weight_decay)
    sampler = Sampler(material, settings.signals, seed)
    negatives = HardNegatives(material, seed, on_progress)
    begin, step, saved = clock(), 0, 0.0
    seconds = settings.minutes * 60
    while (spent := clock() - begin) < seconds:
        _set_rate(optimizer, settings, spent / seconds)
        batch = sampler.batch(settings.batch_pairs, settings.same_topic_share)
        loss = _loss(encode, batch, negatives.draw(batch, settings.hard_negatives), material, settings.temperature)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        step += 1
        on_progress(Progress("train", int(spent), int(seconds), f"step {step} loss {loss.item():.4f}"))
        if spent - saved > settings.checkpoint_minutes * 60:
            saved = spent
            on_checkpoint(checkpoint_of(model, start.checkpoint.shape))
    return checkpoint_of(model, start.checkpoint.shape)


class HardNegatives:
    """Passages that BM25 puts near a provision and that are not known to be related to it."""

    def __init__(self, material: Material, seed: int, on_progress: OnProgress = silent) -> None:
        self._material = material
        self._random = Random(seed)
        self._index = LexicalIndex()
        self._index.add(range(len(material.provisions)), [item.passage for item in material.provisions], on_progress)

    def draw(self, batch: Sequence[Example], count: int) -> list[int]:
        """At most `count` places, each near one of the first `count` examples of the batch."""
        drawn: list[int] = []
        for example in batch[:count]:
            ranking = self._index.search(example.passage, MINING_DEPTH)
            known = self._material.related.get(example.first, frozenset()) | {example.first, example.second}
            near = [key for key in ranking.keys.tolist()[SKIPPED_RANKS:] if key not in known]
            if near:
                drawn.append(self._random.choice(near))
        return drawn


def _loss(
    encode: TextEncoder, batch: Sequence[Example], hard: Sequence[int], material: Material, temperature: float
) -> torch.Tensor:
    """Cross-entropy of finding each passage among all passages of the step, and each query among all queries."""
    queries = [(QUERY if example.as_query else PASSAGE) + example.query for example in batch]
    passages = [PASSAGE + example.passage for example in batch]
    passages += [PASSAGE + material.provisions[place].passage for place in hard]
    # one pass over texts of like length would be faster still, but the batch is small enough to go through at once
    rows = encode([*queries, *passages])
    scores = rows[: len(queries)] @ rows[len(queries) :].T / temperature
    scores = scores + torch.from_numpy(_blocked(batch, hard, material))
    target = torch.arange(len(batch))
    forward = torch.nn.functional.cross_entropy(scores, target)
    backward = torch.nn.functional.cross_entropy(scores[:, : len(batch)].T, target)
    return (forward + backward) / 2


def _blocked(
    batch: Sequence[Example], hard: Sequence[int], material: Material
) -> np.ndarray[Any, np.dtype[np.float32]]:
    """BLOCKED where a column is the same as, or known to be related to, a row without being its own positive."""
    columns = [example.second for example in batch] + list(hard)
    blocked = np.zeros((len(batch), len(columns)), dtype=np.float32)
    for row, example in enumerate(batch):
        known = material.related.get(example.first, frozenset()) | {example.first, example.second}
        for column, place in enumerate(columns):
            if column != row and place in known:
                blocked[row, column] = BLOCKED
    return blocked


def _set_rate(optimizer: torch.optim.Optimizer, settings: BodySettings, share: float) -> None:
    """Linear warm-up, then linear fall to 0 at the end of the time."""
    rise = share / settings.warmup_share if settings.warmup_share else 1.0
    fall = (1 - share) / (1 - settings.warmup_share)
    for group in optimizer.param_groups:
        group["lr"] = settings.learning_rate * max(0.0, min(rise, fall, 1.0))
