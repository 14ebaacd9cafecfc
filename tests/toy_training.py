"""Two short articles with questions, in the layout of `training/`."""

from __future__ import annotations

from pathlib import Path

ARTICLES = {
    "flu": "# Flu\n\n## Signs\n\nFlu begins with fever. Aches follow.\n\n## Treatment\n\nRest in bed. Drink water.\n",
    "gout": "# Gout\n\n## Signs\n\nThe big toe is hot. It swells at night.\n\n## Diet\n\nAvoid beer. Eat less meat.\n",
}

QUESTIONS = {
    "flu": """\
@ flu
# Signs
> Flu begins with fever.
p How does flu start?
w flu start
# Treatment
> Drink water
= gout | Diet
p What should I drink?
""",
    "gout": """\
@ gout
# Signs
> It swells at night.
m does it swel at nite
# Diet
> Avoid beer.
f gout and lager
""",
}


def write_toy(folder: Path) -> Path:
    """Write articles and questions below a folder, and give it back."""
    (folder / "library").mkdir(parents=True)
    (folder / "questions").mkdir()
    for name, text in ARTICLES.items():
        (folder / "library" / f"{name}.md").write_text(text)
    for name, text in QUESTIONS.items():
        (folder / "questions" / f"{name}.txt").write_text(text)
    return folder
