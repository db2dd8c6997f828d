"""Files of XML as an answer: byte for byte as they were deployed."""

from flask import Response


def xml_answer(content):
    """The bytes of a diagram or of a file of decisions, in the encoding that they say they have."""
    charset = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return Response(content, content_type=f"text/xml; charset={charset}")
