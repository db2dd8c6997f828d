"""What people fill in: for the id of every form a function of a Scene that gives the values of its fields."""

from demo.answers import acceptance, discovery, enforcement, penalty, place, rectification, report, special, urging

MODULES = (report, discovery, place, rectification, acceptance, urging, special, enforcement, penalty)

#: {form id: function(scene, **what the story says) -> {name: value}}.
FORMS = {name: function for module in MODULES for name, function in module.FORMS.items()}
