"""What runs remember is HMAC-SHA256 under the key of the home, cut to 128 bits; the key travels between processes."""

from __future__ import annotations

import hmac
import pickle

from hypothesis import given
from hypothesis import strategies as st

from mailmerge.outbox.key import Key


@given(st.binary(max_size=200), st.binary(max_size=300))
def test_a_digest_is_the_hmac_of_the_standard_library(secret: bytes, words: bytes):
    key = Key(secret)
    assert key.words(words) == hmac.digest(secret, b"words\0" + words, "sha256")[:16]
    assert key.words(words) == key.words(words)
    assert key.mailbox("A@X.example") == hmac.digest(secret, b"mailbox\0a@x.example", "sha256")[:16]


def test_a_key_that_was_used_can_be_handed_to_another_process():
    key = Key(b"secret")
    digest = key.words(b"words")
    other = pickle.loads(pickle.dumps(key))
    assert other == key
    assert other.words(b"words") == digest
    assert "secret" not in repr(other)
