"""Every sentence goes through gettext, and every translation fits its sentence."""

import ast
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import polib  # type: ignore[import-untyped]
import pytest
from django.conf import settings
from django.core.management import call_command

from config.management.commands.makemessages import calls_in
from tests.catalogue import FIXED, LANGUAGES, LOCALE, entries, pseudo, texts

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
NOT_SHOWN = {"benchmarks", "docs", "drills", "tests"}
PACKAGES = sorted({file.parent.name for file in ROOT.glob("*/__init__.py")} - NOT_SHOWN)
MODULES = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]

CODE = re.compile(
    r"\{#.*?#\}|\{% comment.*?endcomment %\}|\{% blocktranslate.*?endblocktranslate %\}"
    r"|\{\{.*?\}\}|\{%.*?%\}",
    re.DOTALL,
)
# Addresses, and the attributes of a tag that begins in another template.
ADDRESS = re.compile(r"https?://\S+|[?&]\w+=|#discussion|[\w-]+ ?=\"[^\"]*\"")
WORD = re.compile(r"[^\W\d_]{2,}")
NO_GETTEXT = "No gettext on this machine: apt install gettext"
READ_ALOUD = {"alt", "aria-label", "aria-description", "placeholder", "title"}
NOT_LANGUAGE = {"code", "kbd", "script", "style"}


class Text(HTMLParser):
    """Collects what a template shows in so many words."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in READ_ALOUD]
        if tag in NOT_LANGUAGE:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and tag == self.inside[-1]:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.found.append(data)


def shown_by(template: Path) -> Iterator[str]:
    source = CODE.sub(" ", template.read_text())
    text = Text()
    text.feed(source)
    yield from (found for found in text.found if WORD.search(ADDRESS.sub("", found)))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_template_shows_no_text_of_its_own(template: Path) -> None:
    assert list(shown_by(template)) == []


def test_functions_that_translate_have_the_names_that_makemessages_knows() -> None:
    """Another name compiles, and its sentences are in no catalogue."""
    renamed = [
        f"{file.relative_to(ROOT)}: {alias.name} as {alias.asname}"
        for file in MODULES
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name and alias.asname not in {None, "_"}
    ]
    assert renamed == []


def test_the_texts_of_jinja_templates_are_found() -> None:
    template = """{{ gettext("One") }}{{ ngettext_html('%(num)s <b>a</b>', "many", 2, name) }}"""
    assert calls_in(template).splitlines() == [
        "gettext('One')",
        "ngettext('%(num)s <b>a</b>', 'many')",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_and_tags_of_its_sentence(language: str) -> None:
    different = {
        text
        for entry in entries(language)
        for source, text in texts(entry)
        if text and Counter(FIXED.findall(text)) != Counter(FIXED.findall(source))
    }
    assert different == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_breaks_no_attribute_and_no_list(language: str) -> None:
    """Quotation marks would end an attribute; a bar parts the texts of one list."""
    broken = {
        text
        for entry in entries(language)
        for source, text in texts(entry)
        if text
        for sign in '"|<>'
        if text.count(sign) != source.count(sign)
    }
    assert broken == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_compiled(language: str) -> None:
    """Run `compilemessages`: the site reads the compiled one, and needs no gettext for it."""
    compiled = polib.mofile(str(LOCALE / language / "LC_MESSAGES/django.mo"))

    def by_id(all_entries: Any) -> dict[Any, Any]:
        return {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in all_entries}

    translated = [entry for entry in entries(language) if entry.translated()]
    assert by_id(compiled) == by_id(translated)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_untranslated(language: str) -> None:
    assert [entry.msgid for entry in entries(language) if not entry.translated()] == []


@pytest.fixture
def found(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, ...]]:
    """Return the sentences of a copy of the sources: makemessages writes files beside them."""
    if shutil.which("xgettext") is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_GETTEXT)
    for folder in [*PACKAGES, "templates"]:
        shutil.copytree(ROOT / folder, tmp_path / folder)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.chdir(tmp_path)
    call_command("makemessages", locale=["de"], verbosity=0)
    return ids(polib.pofile(str(tmp_path / "locale/de/LC_MESSAGES/django.po")))


def ids(all_entries: Any) -> set[tuple[str, ...]]:
    return {(entry.msgctxt or "", entry.msgid, entry.msgid_plural) for entry in all_entries}


@pytest.mark.process
def test_a_new_sentence_needs_its_translations(found: set[tuple[str, ...]]) -> None:
    """Run `makemessages`, translate what is new in locale/, and run `compilemessages`."""
    assert {language: found - ids(entries(language)) for language in LANGUAGES} == {
        language: set() for language in LANGUAGES
    }


def test_the_pseudo_language_is_longer_and_keeps_what_is_fixed() -> None:
    text = pseudo('Show <b class="n">%(n)s</b> more')
    assert text == 'Šĥöŵ <b class="n">%(n)s</b> ɱöŕé ééé ééé'
