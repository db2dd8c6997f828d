"""Regular expressions of XPath (XML Schema's, with anchors, groups and back-references), matched within the step budget.

Python's own `re` can be made to run for years by a pattern of ten characters, and reads another syntax. This matcher pays for every step,
and visits each place of a pattern at most once per place of the text unless the pattern looks back at what it matched.
"""
