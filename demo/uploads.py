"""What the people of the story hand in, kept as any upload is: looked at, and then written under its SHA-256."""

from demo import pictures
from engine.content.inspect import inspected
from engine.store.files import Files


class Uploads:
    """`folder`: where uploads lie. Called with a scene.File, it keeps the file and gives its facts; a sheet of a title is made once."""

    def __init__(self, folder):
        self._files, self._known = Files(folder), {}

    def __call__(self, file):
        if file.make in self._known:
            return self._known[file.make]
        content = getattr(pictures, file.make[0])(*file.make[1:])
        facts = inspected(file.name, content)
        self._files.keep(content)
        if file.make[0] != "photo":
            self._known[file.make] = facts
        return facts
