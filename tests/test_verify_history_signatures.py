"""verify_history.py's own Ed25519 (RFC 8032): the vectors of the standard, and agreement with OpenSSL."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

import verify_history


@pytest.mark.parametrize(
    ("public", "message", "signature"),
    [
        (  # RFC 8032 section 7.1, test 1
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (  # test 2
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (  # test 3
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
        (  # test SHA(abc)
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
        ),
    ],
)
def test_the_vectors_of_the_rfc(public, message, signature):
    assert verify_history.verifies(bytes.fromhex(public), bytes.fromhex(message), signature)
    assert not verify_history.verifies(bytes.fromhex(public), bytes.fromhex(message) + b"x", signature)


@given(st.binary(max_size=200), st.binary(min_size=32, max_size=32), st.integers(0, 64 * 8 - 1))
def test_it_agrees_with_openssl(message, seed, bit):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), bytearray(key.sign(message))

    assert verify_history.verifies(public, message, signature.hex())
    signature[bit // 8] ^= 1 << bit % 8
    assert not verify_history.verifies(public, message, signature.hex())


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=64, max_size=64))
def test_it_agrees_with_openssl_on_nonsense(public, signature):
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, b"message")
        expected = True
    except InvalidSignature:
        expected = False

    assert verify_history.verifies(public, b"message", signature.hex()) is expected


def test_a_signature_whose_scalar_was_raised_by_the_order_of_the_group_is_refused():
    """RFC 8032 section 5.1.7: else anybody could make a second signature of a sealed text."""
    key = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
    signature = key.sign(b"m")
    raised = int.from_bytes(signature[32:], "little") + 2**252 + 27742317777372353535851937790883648493

    assert not verify_history.verifies(key.public_key().public_bytes_raw(), b"m", (signature[:32] + raised.to_bytes(32, "little")).hex())


def test_only_the_one_encoding_of_a_point_is_a_key():
    """RFC 8032 section 5.1.3. The neutral point as a key makes a signature of anything, so only its encoding decides here."""
    neutral, signature = (1).to_bytes(32, "little"), ((1).to_bytes(32, "little") + bytes(32)).hex()

    assert verify_history.verifies(neutral, b"m", signature)
    assert not verify_history.verifies((2**255 - 19 + 1).to_bytes(32, "little"), b"m", signature)
    assert not verify_history.verifies((2**255 + 1).to_bytes(32, "little"), b"m", signature)
