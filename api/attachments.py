"""Attachments: files are brought in, looked at, kept by their SHA-256, and shown to whoever may see their case."""

import io

from flask import current_app, g, request, send_file
from flask.views import MethodView
from marshmallow import Schema, fields
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from api import looks
from api.access import allow
from api.v2.door import Door, ask
from api.v2.fields import Key
from engine.commands.add_attachments import add_attachments
from engine.content import photos
from engine.content.inspect import inspected
from engine.content.kinds import BY_TYPE, SIZE, Unfit
from engine.domain.errors import Invalid, NotFound
from engine.domain.people import ZONE
from engine.store import attachments
from engine.store.files import Files

blueprint = Door("attachments", "Files and photos of a case", "/api/attachments")

#: Files in one request, and bytes of its body: three of the largest or ten photos. This is this route's own limit: every other body stays
#: below config.max_body, because JSON is read into memory as a whole, while the parts of a multipart body are spooled to disk.
FILES, BODY = 10, 3 * SIZE + 1024 * 1024


class AttachedToSchema(Schema):
    """What comes beside the parts named files."""

    task = Key(load_default=None, metadata={"description": "of a user task that the caller may work on"})
    instance = Key(load_default=None, metadata={"description": "of a process instance that the caller may see"})


class AttachmentSchema(Schema):
    """A file as a file picker's value holds it: put the whole into the form's variable, or its key alone. All of it is from the content."""

    key = Key()
    name = fields.String(metadata={"description": "as it was sent, with the ending that its content wants"})
    type = fields.String()
    size = fields.Integer(metadata={"description": "bytes"})
    sha256 = fields.String()
    taken_at = fields.String(allow_none=True, metadata={"description": "of a photo that says so; +08:00 where it names no offset"})
    lng = fields.Raw(metadata={"type": "number", "nullable": True, "description": "degrees of WGS-84"})
    lat = fields.Raw(metadata={"type": "number", "nullable": True, "description": "degrees of WGS-84"})
    width = fields.Integer(allow_none=True, metadata={"description": "pixels, as the photo is seen"})
    height = fields.Integer(allow_none=True)


@blueprint.before_request
def _expect_multipart():
    if request.method != "POST":
        return
    request.max_content_length = BODY
    if (request.content_length or 0) > BODY:
        raise RequestEntityTooLarge(f"Expected a body of at most {BODY:,} bytes, but this one is larger")
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType(f"Expected a body of type multipart/form-data, but found {request.mimetype or 'none'}")


@blueprint.route("")
class Attachments(MethodView):
    """Files are brought in, all of a request or none."""

    @allow("signed-in")
    @blueprint.arguments(AttachedToSchema, location="form")
    @blueprint.response(201, AttachmentSchema(many=True))
    def post(self, given):
        """Upload files, sent as parts named files of a multipart/form-data body"""
        files = _files()
        facts = _looked_at(files)
        for file in files:
            file.seek(0)
            _kept().keep(file.read())
        keys = ask(add_attachments, facts, given["task"], given["instance"])["keys"]
        return [_told(key, found) for key, found in zip(keys, facts, strict=True)]


@blueprint.route("/<key>")
class Attachment(MethodView):
    """One file."""

    @allow("signed-in")
    @blueprint.response(200, content_type="application/octet-stream")
    def get(self, key):
        """Its content; images and PDF are shown, everything else is saved"""
        found = _seen(key)
        looks.note(f"附件 {found['name']}（{key}）")
        content = _kept().read(found["sha256"])
        return _sent(content, found["type"], found["name"], inline=BY_TYPE[found["type"]].inline)


@blueprint.route("/<key>/thumbnail")
class Thumbnail(MethodView):
    """A photo, small."""

    @allow("signed-in")
    @blueprint.response(200, content_type="image/jpeg")
    def get(self, key):
        """A JPEG of at most 320 pixels a side, upright, without the photo's metadata"""
        found = _seen(key)
        if not BY_TYPE[found["type"]].is_image:
            raise NotFound(f"Expected attachment {key} to be an image, but it is {found['type']}")
        small = photos.thumbnail(_kept().read(found["sha256"]), found["type"])
        return _sent(small, "image/jpeg", f"{key}.jpg", inline=True)


def _kept():
    return Files(current_app.config["BIHUAN"].data_dir / "files")


def _files():
    """The parts named files."""
    others = sorted(set(request.files) - {"files"})
    if others:
        raise Invalid(f"Expected files in parts named files, but found one in {others[0]!r:.80}")
    files = request.files.getlist("files")
    if not 0 < len(files) <= FILES:
        said = f"一次应上传 1 至 {FILES} 个文件，但有 {len(files)} 个。"
        raise Invalid(f"Expected 1 to {FILES} files in parts named files, but found {len(files)}", problems={"files": [said]})
    return files


def _looked_at(files):
    """The facts of all files. Raises Invalid with a Chinese sentence for each that is not kept, by its number."""
    facts, problems = [], {}
    for number, file in enumerate(files):
        try:
            facts.append(inspected(file.filename or "", file.read(SIZE + 1)))
        except Unfit as unfit:
            problems[f"files.{number}"] = [f"「{(file.filename or '未命名')[:40]}」{unfit}。"]
    if problems:
        raise Invalid(f"Expected files of the kinds and sizes that are kept, but {len(problems)} are not", problems=problems)
    return facts


def _told(key, facts):
    taken_at = facts["taken_at"] and facts["taken_at"].astimezone(ZONE).isoformat()
    return {"key": key, **facts, "taken_at": taken_at}


def _seen(key):
    """The row of a file. Raises NotFound, also where the caller may not see it."""
    with current_app.extensions["engine"].store.read() as connection:
        found = attachments.seen(connection, g.actor, key)
    if found is None:
        raise NotFound(f"Expected an attachment with key {key}, but there is none that {g.actor.username} can see")
    return found


def _sent(content, type_, name, inline):
    answer = send_file(io.BytesIO(content), type_, as_attachment=not inline, download_name=name, etag=False)
    answer.headers["Cache-Control"] = "no-store"  # as every answer: who may see it can change, and desks are shared
    return answer
