"""The pair reader: a small network that reads both texts of a pair together, one more opinion beside the scorer.

The lower layers of the encoder read each text alone (their states are kept, so a provision of many pairs is read once); the upper layers read the
states of both texts side by side, told for every token how well the other text answers it. Made by `nlp.training.cross_encoder`.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from nlp.errors import ResourceError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import onnxruntime
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Floats = NDArray[np.float32]

LOWER_FILE, UPPER_FILE, HEAD_FILE, TOKENIZER_FILE = "lower.onnx", "upper.onnx", "head.npz", "tokenizer.json"
PREFIX = "query: "  # what the encoder was trained with
MAX_TOKENS = 150  # of each text; what follows is not read
WEAK, MISSING = 0.6, 0.35  # best cosines below which a token counts as weakly answered, as unanswered
KEPT_TEXTS = 4_096  # texts whose states are kept, about 90 kB each
LIKENESSES = 3  # numbers told of each token: its best cosine, whether weak, whether missing


@dataclass(frozen=True, slots=True)
class Joint:
    """Pairs as the upper layers read them (batch, tokens, ...): states, side (0 A, 1 B), likenesses, mask; the first token is the summary's."""

    states: Floats
    side: NDArray[np.int64]
    likeness: Floats
    mask: NDArray[np.int64]


def join(pairs: Sequence[tuple[Floats, Floats]], mean: Floats, scale: Floats) -> Joint:
    """The joint form of pairs of token states (tokens, hidden); `mean`, `scale` (hidden,) make their cosines comparable."""
    width = 1 + max(len(a) + len(b) for a, b in pairs)
    hidden = pairs[0][0].shape[1]
    states = np.zeros((len(pairs), width, hidden), dtype=np.float32)
    side = np.zeros((len(pairs), width), dtype=np.int64)
    likeness = np.zeros((len(pairs), width, LIKENESSES), dtype=np.float32)
    mask = np.zeros((len(pairs), width), dtype=np.int64)
    for row, (a, b) in enumerate(pairs):
        end = 1 + len(a) + len(b)
        similar = _unit((a - mean) / scale) @ _unit((b - mean) / scale).T
        best = np.concatenate([[1.0], similar.max(1, initial=0.0), similar.max(0, initial=0.0)])
        states[row, 1:end] = np.concatenate([a, b])
        side[row, 1 + len(a) : end] = 1
        likeness[row, :end] = np.stack([best, best < WEAK, best < MISSING], axis=1)
        mask[row, :end] = 1
    return Joint(states, side, likeness, mask)


def _unit(rows: Floats) -> Floats:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(length, 1e-6), dtype=np.float32)


@dataclass(frozen=True)
class Head:
    """What stands before and behind the upper layers, as plain arrays: additions to the states, then a two-layer perceptron on pooled states."""

    mean: Floats
    scale: Floats
    side: Floats  # (2, hidden) added by side
    summary: Floats  # (hidden,) added to the first token
    likeness: Floats  # (hidden, LIKENESSES)
    likeness_bias: Floats
    inner: Floats  # (width, 4 * hidden + 4)
    inner_bias: Floats
    outer: Floats  # (5, width)
    outer_bias: Floats

    def before(self, joint: Joint) -> Floats:
        """The states that the upper layers are given."""
        states = joint.states + self.side[joint.side] + joint.likeness @ self.likeness.T + self.likeness_bias
        states[:, 0] += self.summary
        return np.asarray(states, dtype=np.float32)

    def after(self, joint: Joint, states: Floats) -> Floats:
        """The five relation scores (batch, 5), in the order of `scoring.RELATIONS`."""
        inner = pooled(joint, states) @ self.inner.T + self.inner_bias
        active = 0.5 * inner * (1 + np.tanh(np.sqrt(2 / np.pi) * (inner + 0.044715 * inner**3)))  # GELU
        return np.asarray(active @ self.outer.T + self.outer_bias, dtype=np.float32)


def pooled(joint: Joint, states: Floats) -> Floats:
    """What the perceptron reads of each pair: the summary, the unanswered of A, of B, how far the sides are apart, four numbers."""
    best, mask = joint.likeness[:, :, 0], joint.mask
    sides = [(mask * (joint.side == number)).astype(np.float32) for number in (0, 1)]
    lacking = [side * np.clip(1 - best, 0, 1) for side in sides]

    def mean(weight: Floats) -> Floats:
        return np.asarray((states * weight[:, :, None]).sum(1) / (weight.sum(1, keepdims=True) + 1e-3), np.float32)

    counts = [side.sum(1) for side in sides]
    numbers = [(best * side).sum(1) / count for side, count in zip(sides, counts, strict=True)]
    numbers += [np.log(counts[0] / counts[1]), np.log(counts[0] / 50)]
    apart = np.abs(mean(sides[0]) - mean(sides[1]))
    parts = [states[:, 0], mean(lacking[0]), mean(lacking[1]), apart, np.stack(numbers, axis=1)]
    return np.concatenate(parts, axis=1).astype(np.float32)


class TokenReader:
    """Texts to the token states of the lower layers; the states of the last texts are kept."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._tokenizer.no_padding()
        self._prefix = tokenizer.encode(PREFIX.strip(), add_special_tokens=False).ids
        start, end = (tokenizer.token_to_id(token) for token in ("<s>", "</s>"))
        assert start is not None, "every tokenizer that nlp.training writes has these"
        assert end is not None, "every tokenizer that nlp.training writes has these"
        self._start, self._end = int(start), int(end)
        self._kept: dict[str, Floats] = {}
        self._changing = Lock()  # requests of a service share one reader

    def read(self, texts: Sequence[str]) -> list[Floats]:
        """The states (tokens, hidden) of each text, its prefix and marks left out; an empty text has those of its end mark."""
        with self._changing:
            found = {text: self._kept[text] for text in texts if text in self._kept}
        found.update({text: self._run(text) for text in texts if text not in found})
        with self._changing:
            self._kept.update(found)
            for oldest in list(self._kept)[: max(0, len(self._kept) - KEPT_TEXTS)]:
                del self._kept[oldest]
        return [found[text] for text in texts]

    def _run(self, text: str) -> Floats:
        # one text at a time: 8-bit arithmetic takes its scale from all that is read at once, and a text's states must not depend on others
        head = [self._start, *self._prefix]
        ids = self._tokenizer.encode(text.strip(), add_special_tokens=False).ids[:MAX_TOKENS]
        row = np.array([[*head, *ids, self._end]], dtype=np.int64)
        (states,) = self._session.run(None, {"input_ids": row, "attention_mask": np.ones_like(row)})
        return np.asarray(states[0, len(head) : max(row.shape[1] - 1, len(head) + 1)], dtype=np.float32).copy()


class PairReader:
    """The whole reader: pairs of texts to five relation scores. The same pair always gets the same scores, whatever stands beside it."""

    def __init__(self, tokens: TokenReader, upper: onnxruntime.InferenceSession, head: Head) -> None:
        self._tokens = tokens
        self._upper = upper
        self._head = head

    @classmethod
    def load(cls, folder: Path, *, threads: int = 0) -> PairReader:
        """The reader of a model folder; `threads` 0 leaves their number to the runtime. Raises ResourceError where a file is missing."""
        missing = [
            name for name in (LOWER_FILE, UPPER_FILE, HEAD_FILE, TOKENIZER_FILE) if not (folder / name).is_file()
        ]
        if missing:
            raise ResourceError(
                "pair_reader_missing",
                where=str(folder / missing[0]),
                what="Không có mô hình đọc cặp quy định.",
                remedy="Chạy lại bước cài đặt hoặc huấn luyện: python -m nlp.training.cross_encoder.",
                what_en="The pair reader is missing.",
                remedy_en="Install again or train it: python -m nlp.training.cross_encoder.",
            )
        tokens = token_reader(folder, threads=threads)
        with np.load(folder / HEAD_FILE, allow_pickle=False) as arrays:
            head = Head(**{name: arrays[name] for name in arrays.files})
        return cls(tokens, session(folder / UPPER_FILE, threads), head)

    def scores(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """The five relation scores (pairs, 5) of texts A and B, before softmax."""
        return np.array([self._score(*self._tokens.read(pair)) for pair in pairs], dtype=np.float32)

    def _score(self, a: Floats, b: Floats) -> Floats:
        joint = join([(a, b)], self._head.mean, self._head.scale)
        feeds = {"states": self._head.before(joint), "attention_mask": joint.mask}
        return np.asarray(self._head.after(joint, self._upper.run(None, feeds)[0])[0], dtype=np.float32)


def token_reader(folder: Path, *, threads: int = 0) -> TokenReader:
    """The lower half of the reader in a model folder."""
    from tokenizers import Tokenizer  # noqa: PLC0415 - only where the reader is used

    return TokenReader(session(folder / LOWER_FILE, threads), Tokenizer.from_file(str(folder / TOKENIZER_FILE)))


def session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """A session on the processor that sleeps while it waits."""
    import onnxruntime  # noqa: PLC0415 - takes 0.2 s to import, and judging works without it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
