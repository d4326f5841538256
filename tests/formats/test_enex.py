"""Evernote exports: notes come back whole, byte for byte but for what was taken."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import pytest
from lxml import etree

from cleaner.formats.container import Attachment, Record
from cleaner.formats.containers.enex import CONTAINER
from cleaner.formats.options import Cleaning
from tests.formats.roundtrip import Trip, leave, travel

URL = "https://harbour.example/lamp"
DATA = bytes(range(256)) * 3
HASH = hashlib.md5(DATA).hexdigest()
LONG = (
    "Soil warms slowly on the north side of the wall, and peas that go in before the end of March sit there and sulk "
    "until the second week of April at least."
)
OTHER = (
    "Whoever wants to eat early has to sow on the south side, under fleece, and must not mind that the pigeons know "
    "about it before the neighbours do."
)
LEFTOVER = "Subscribe to our newsletter"
ENML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<!DOCTYPE en-note SYSTEM "http://xml.evernote.com/pub/enml2.dtd">\n<en-note style="margin:2px">{}</en-note>'
)
EXPORT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export3.dtd">\n'
    '<en-export export-date="20220102T030405Z" application="Evernote" version="10.28">{}</en-export>\n'
)
HANDWRITTEN = (
    "<h1>Plan for the <b>garden</b></h1><div>March</div><div><br/></div><div>peas</div><div>beans</div>"
    "<ul><li>Home<ol><li>News</li><li>Sport</li></ol></li><li>Menu</li></ul>"
    '<div><en-todo checked="true"/>dig</div><div><en-todo/>sow &amp; water</div>'
    '<ul style="--en-todo:true;"><li style="--en-checked:true;"><div>bins</div></li>'
    '<li style="--en-checked:false;"><div>tax</div></li></ul>'
    "<table><tbody><tr><td>Tool</td><td>Price</td></tr><tr><td>spade</td><td>$5<br/>or $6</td></tr></tbody></table>"
    '<div style="--en-codeblock:true;"><div>if {{ wet }}:</div><div>    wait()</div></div>'
    '<div><en-crypt hint="cat">AbC+/=</en-crypt> <a href="evernote:///view/1/s1/a-b/c/">the other note</a></div>'
)


def note(
    body: str,
    *,
    title: str = "Lamp",
    url: str = "",
    resources: Iterable[tuple[bytes, str, str]] = (),
    tasks: Iterable[tuple[str, str, str]] = (),
    tags: Iterable[str] = (),
) -> str:
    """A note as XML; resources are data, type and name, tasks group, title and status."""
    root = etree.Element("note")
    etree.SubElement(root, "title").text = title
    etree.SubElement(root, "content").text = etree.CDATA(ENML.format(body))
    etree.SubElement(root, "created").text = "20141211T192702Z"
    for tag in tags:
        etree.SubElement(root, "tag").text = tag
    attributes = etree.SubElement(root, "note-attributes")
    etree.SubElement(attributes, "author").text = "Ada"
    if url:
        etree.SubElement(attributes, "source-url").text = url
    for group, name, status in tasks:
        task = etree.SubElement(root, "task")
        etree.SubElement(task, "title").text = name
        etree.SubElement(task, "taskStatus").text = status
        etree.SubElement(task, "taskGroupNoteLevelID").text = group
    for data, mime, name in resources:
        resource = etree.SubElement(root, "resource")
        etree.SubElement(resource, "data", encoding="base64").text = base64.encodebytes(data).decode()
        etree.SubElement(resource, "mime").text = mime
        etree.SubElement(etree.SubElement(resource, "resource-attributes"), "file-name").text = name
    return str(etree.tostring(root, encoding="unicode"))


def written(folder: Path, *notes: str | bytes) -> Path:
    """An export with these notes."""
    before, after = EXPORT.encode().split(b"{}")
    path = folder / "notes.enex"
    path.write_bytes(before + b"".join(one if isinstance(one, bytes) else one.encode() for one in notes) + after)
    return path


def there_and_back(folder: Path, *notes: str | bytes) -> tuple[str, Trip]:
    """What becomes of an export."""
    trip = travel(CONTAINER, written(folder, *notes))
    assert trip.data is not None
    return trip.data.decode(), trip


def bodies(data: str) -> list[str]:
    """The inside of each note, read with another library."""
    root = etree.fromstring(data.encode())
    return [content.text.split('2px">')[1].removesuffix("</en-note>") for content in root.iter("content")]


def as_files(folder: Path, *notes: str) -> list[tuple[Record, list[Attachment]]]:
    """The notes as Markdown, with what is attached."""
    path = written(folder, *notes)
    return list(leave(CONTAINER, path, CONTAINER.cleaning(Cleaning())))


def test_what_needs_no_cleaning_stays_byte_for_byte(tmp_path: Path) -> None:
    path = written(tmp_path, "\r\n", note(f"<p>{LONG}</p>", url=URL), "<!-- x -->", note(HANDWRITTEN))
    assert travel(CONTAINER, path).data == path.read_bytes()


@pytest.mark.parametrize(
    ("body", "clean"),
    [
        (f"<div>{LONG}</div><div>{LEFTOVER}</div>", f"<div>{LONG}</div>"),
        (f"{HANDWRITTEN}<div>{LONG}</div><div>{LEFTOVER}</div>", f"{HANDWRITTEN}<div>{LONG}</div>"),
        (
            f'<div>{LONG}</div><p>{LEFTOVER}<en-media hash="{HASH}" type="image/png"/></p><en-media hash="{HASH}"/>',
            f'<div>{LONG}</div><en-media hash="{HASH}"/>',
        ),
    ],
)
def test_only_what_was_taken_is_missing(tmp_path: Path, body: str, clean: str) -> None:
    after, trip = there_and_back(
        tmp_path, "<!-- \u00e4 -->", note(body, title="Zo\u00eb & Co"), note(f"<div>{LONG}</div>")
    )
    assert trip.told == []
    assert bodies(after)[0] == clean
    assert after == (tmp_path / "notes.enex").read_text(encoding="utf-8").replace(body, clean)


def test_cleaning_twice_is_cleaning_once(tmp_path: Path) -> None:
    once, _ = there_and_back(
        tmp_path, note(f"<h2>A</h2><p>{LONG}</p><p>{LEFTOVER}</p><p>Share this article</p>", url=URL)
    )
    twice = travel(CONTAINER, tmp_path / "notes.enex")
    (tmp_path / "notes.enex").write_text(once, encoding="utf-8")
    twice = travel(CONTAINER, tmp_path / "notes.enex")
    assert twice.data == once.encode()
    assert LEFTOVER not in once


def test_a_note_without_an_address_of_the_web_is_somebodys_own(tmp_path: Path) -> None:
    notes = [note(HANDWRITTEN, url=url) for url in (URL, "file:///C:/x", "")]
    after, trip = there_and_back(tmp_path, *notes)
    clippings = [clipping for clipping in trip.clippings if clipping is not None]
    assert [(clipping.own, clipping.url) for clipping in clippings] == [(False, URL), (True, None), (True, None)]
    assert {result.report.page.kind for result in trip.results if result.report.page} == {"fragment"}
    assert bodies(after) == [HANDWRITTEN] * 3


@pytest.mark.parametrize("own", ['<en-todo checked="true"/>', '<en-crypt hint="cat">AbC+/=</en-crypt>'])
def test_a_note_stays_whole_rather_than_lose_what_is_the_users_own(tmp_path: Path, own: str) -> None:
    body = f"<p>{LONG}</p><p>{own}{LEFTOVER}</p>"
    after, trip = there_and_back(tmp_path, note(body))
    assert trip.told == [
        "spared: what would go holds a checkbox, tasks or encrypted words: it stays as it is",
    ]
    assert bodies(after) == [body]


def test_content_needs_no_cdata_and_may_hold_its_end(tmp_path: Path) -> None:
    body = f"<en-note><p>a ]]&gt; b &amp;#x41; \U0001f33f</p><p>{LONG}</p><p>{LEFTOVER}</p></en-note>"
    escaped = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    split = f"<en-note><p style=']]]]><![CDATA[>'>x</p><p>{LONG}</p><p>{LEFTOVER}</p></en-note>"
    notes = f"<note><content>{escaped}</content></note>", f"<note><content><![CDATA[{split}]]></content></note>"
    after, trip = there_and_back(tmp_path, *notes, "<note><title>empty</title><content/></note><note/>")
    assert trip.told == []
    texts = [content.text for content in etree.fromstring(after.encode()).iter("content")]
    assert texts == [
        body.replace(f"<p>{LEFTOVER}</p>", ""),
        f"<en-note><p style=']]>'>x</p><p>{LONG}</p></en-note>",
        None,
    ]


# --- Markdown -------------------------------------------------------------------------------------


def test_a_note_becomes_markdown(tmp_path: Path) -> None:
    body = (
        HANDWRITTEN
        + f'<en-media type="image/png" hash="{HASH}"/><div><en-media hash="{hashlib.md5(b"pdf").hexdigest()}"/></div>'
        + '<div style="--en-task-group:true; --en-id:g-1;"><br/></div><en-media hash="00"/>'
        + f"<div>{LEFTOVER}</div>"
    )
    tasks = [("g-1", "buy *seed*", "completed"), ("g-2", "elsewhere", "open"), ("g-1", "sharpen", "open")]
    resources = [(DATA, "image/png", "a [b].png"), (b"pdf", "application/pdf", "")]
    [(record, files)] = as_files(tmp_path, note(body, resources=resources, tasks=tasks, tags=["home", "a: b"]))
    assert record.title == "Lamp"
    assert {key: value for key, value in record.front.items() if value} == {
        "title": "Lamp",
        "created": "2014-12-11T19:27:02Z",
        "tags": ["home", "a: b"],
        "author": "Ada",
    }
    assert record.text.split("\n\n") == [
        "# Plan for the garden",
        "March",
        "peas",
        "beans",
        "- Home\n  1. News\n  2. Sport\n- Menu",
        "- [x] dig\n- [ ] sow & water\n- [x] bins\n- [ ] tax",
        "|  |  |\n| --- | --- |\n| Tool | Price |\n| spade | $5<br>or $6 |",
        "```\nif {{ wet }}:\n    wait()\n```",
        "`encrypted: AbC+/=` [the other note](evernote:///view/1/s1/a-b/c/)",
        r"![a [b].png](attachments/1-a%20%5Bb%5D.png)",
        f"[1-{hashlib.md5(b'pdf').hexdigest()}.pdf](attachments/1-{hashlib.md5(b'pdf').hexdigest()}.pdf)",
        "- [x] buy \\*seed\\*\n- [ ] sharpen",
        "`missing: 00`\n",
    ]
    assert [(file.name, file.data) for file in files] == [
        ("1-a [b].png", DATA),
        (f"1-{hashlib.md5(b'pdf').hexdigest()}.pdf", b"pdf"),
    ]


def test_a_clip_has_its_title_in_the_front_matter_alone(tmp_path: Path) -> None:
    body = f"<h1>Peas on the north side</h1><p>{LONG}</p><p>{OTHER}</p>"
    [(clip, _), (own, _)] = as_files(
        tmp_path, note(body, title="Peas on the north side", url=URL), note(body, title="Peas on the north side")
    )
    assert clip.front["source"] == URL
    assert clip.text == f"{LONG}\n\n{OTHER}\n"
    assert own.text == f"# Peas on the north side\n\n{LONG}\n\n{OTHER}\n"


def test_attachments_have_names_that_are_safe_and_no_other_note_has(tmp_path: Path) -> None:
    names = ["../../etc/passwd", "x.PNG", "X.png", "con.txt", "a/b\\c.tar gz", "\0.png", "n" * 300 + ".jpeg"]
    resources = [(bytes([number]), "image/png", name.replace("\0", "")) for number, name in enumerate(names)]
    found = as_files(tmp_path, note("<p>a</p>", resources=resources), note("<p>b</p>", resources=resources[:2]))
    flat = [file.name for _, files in found for file in files]
    assert len({name.lower() for name in flat}) == len(flat) == len(names) + 2
    assert not any(re.search(r'[/\\:*?"<>|\0]', name) or len(name.encode()) > 255 for name in flat)
    assert [file.data for file in found[1][1]] == [b"\0", b"\1"]


def test_a_note_without_words_keeps_its_files(tmp_path: Path) -> None:
    empty = note("", title="", resources=[(DATA, "image/png", "a.png")])
    found = as_files(tmp_path, empty, re.sub("<content>.*</content>", "<content/>", empty, flags=re.DOTALL))
    assert [(record.text, [file.name for file in files]) for record, files in found] == [
        ("", ["1-a.png"]),
        ("", ["2-a.png"]),
    ]


def test_broken_base64_gives_what_can_be_read(tmp_path: Path) -> None:
    whole = note("<p>a</p>", resources=[(b"hello world", "text/plain", "a.txt")])
    assert "aGVsbG8gd29ybGQ=" in whole
    [(_, [file])] = as_files(tmp_path, whole.replace("aGVsbG8gd29ybGQ=", "aGVs bG8g\tä d29ybGQ"))
    assert file.data == b"hello world"


# --- bad input ------------------------------------------------------------------------------------


def test_a_file_that_is_cut_off_keeps_what_was_there(tmp_path: Path) -> None:
    path = written(tmp_path, *[note(f"<p>{LONG}</p><p>{LEFTOVER}</p>") for _ in range(3)])
    data = path.read_bytes()
    cut = data[: data.rindex(LEFTOVER.encode()) + 4]
    path.write_bytes(cut)
    trip = travel(CONTAINER, path)
    assert len(trip.pieces) == 2
    [told] = trip.told
    assert re.match(r"broken: it is damaged or cut off after 2 notes \(.+\): export it once more$", told)
    assert trip.data == cut.replace(f"<p>{LEFTOVER}</p>".encode(), b"")


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "broken: it is no Evernote export (no element found in line 1): export the notebook as ENEX"),
        (b"\x89PNG\r\n\x1a\n", "broken: it is no Evernote export"),
        (b"<html><body>x</body></html>", "broken: it is no Evernote export (it begins with <html>)"),
        (EXPORT.encode("utf-16"), "broken: it is no Evernote export"),
        (b'<?xml version="1.0" encoding="latin-1"?><en-export/>', "unsupported: it is in latin-1"),
        (f'<!DOCTYPE x [<!ENTITY a0 "ha">{BOMB}]><en-export/>'.encode(), "unsupported: it declares the entity 'a0'"),
        (b'<!DOCTYPE x [<!ENTITY p SYSTEM "file:///etc/passwd">]><en-export/>', "unsupported: it declares the entity"),
        (b'<!DOCTYPE x [<!ENTITY % p SYSTEM "x.dtd">%p;]><en-export/>', "unsupported: it declares the entity 'p'"),
        (b"<en-export>" + b"<note>" * 100_000, "broken: it is damaged or cut off after 0 notes (elements without"),
        (b"<en-export><note " + b"a" * 20_000_000, "broken: it is damaged or cut off after 0 notes (a tag without"),
    ],
)
def test_what_is_no_export_is_refused_in_one_line(tmp_path: Path, data: bytes, told: str) -> None:
    path = tmp_path / "x.enex"
    path.write_bytes(data)
    trip = travel(CONTAINER, path)
    assert trip.pieces == []
    assert len(trip.told) == 1
    assert trip.told[0].startswith(told)
    assert trip.told[0].isprintable()
    assert trip.data == data


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<en-note><p>a</en-note>", "broken: its markup is damaged (mismatched tag in line 1): it stays as it is"),
        ("no markup", "broken: its markup is damaged"),
        ("<html><p>a</p></html>", "broken: its markup begins with <html>, not with <en-note>"),
        ("<en-note>" + "<div>" * 200 + "a" + "</div>" * 200 + "</en-note>", "broken: its markup nests more than 160"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><en-note>&a;</en-note>', "broken: its markup declares the entity 'a'"),
        (f"<en-note>{'x' * 60_000}</en-note>", "unsupported: it has more than 50,000 characters: split it"),
    ],
)
def test_a_bad_note_stays_as_it_is_and_the_others_are_clean(tmp_path: Path, content: str, told: str) -> None:
    good = note(f"<p>{LONG}</p><p>{LEFTOVER}</p>")
    bad = f"<note><title>Bad</title><content><![CDATA[{content}]]></content></note>"
    path = written(tmp_path, good, bad, good)
    trip = travel(CONTAINER, path, Cleaning(max_bytes=50_000))
    assert len(trip.told) == 1
    assert trip.told[0].startswith(told)
    assert trip.data == path.read_bytes().replace(f"<p>{LEFTOVER}</p>".encode(), b"")


@pytest.mark.parametrize("broken", [b"\xff\xfe", b"\xc3", b"\x00\x08", b"\xed\xa0\x80", b"\xef\xbf\xbf"])
def test_bytes_that_are_no_text_spare_the_other_notes(tmp_path: Path, broken: bytes) -> None:
    good = note(f"<p>{LONG}</p><p>{LEFTOVER}</p>")
    bad = note(f"<p>{LONG} BAD</p><p>{LEFTOVER}.</p>").encode().replace(b"BAD", broken)
    path = written(tmp_path, good, bad, good)
    trip = travel(CONTAINER, path)
    assert trip.told == ["broken: it holds bytes that are no text: save it again in Evernote"]
    assert trip.data == path.read_bytes().replace(f"<p>{LEFTOVER}</p>".encode(), b"")


def test_an_encrypted_note_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, '<note><title>a</title><content encoding="base64:aes">RU5DMI==</content></note>')
    trip = travel(CONTAINER, path)
    assert trip.told == ["unsupported: it is encrypted: export it without a password"]
    assert trip.data == path.read_bytes()


# --- size -----------------------------------------------------------------------------------------


def peak(path: Path, cleaning: Cleaning) -> tuple[int, int]:
    """How many notes there are, and the most memory that reading them took, in bytes."""
    tracemalloc.start()
    try:
        count = sum(1 for _ in CONTAINER.pieces(str(path), cleaning))
        return count, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("records", ["same", "files"])
def test_memory_does_not_grow_with_files_in_notes(tmp_path: Path, records: str) -> None:
    huge = note("<p>a</p>").replace("</note>", "<resource><data>%</data></resource></note>")
    before, after = huge.encode().split(b"%")
    path = written(tmp_path, before + b"QUJD" * 12_500_000 + after)
    count, size = peak(path, Cleaning(records=records))  # type: ignore[arg-type]
    assert count == 1
    assert path.stat().st_size > 50_000_000
    assert size < 5_000_000


def test_memory_does_not_grow_with_the_number_of_notes(tmp_path: Path) -> None:
    one = note(f"<div>{LONG}</div>" * 10, resources=[(DATA, "image/png", "a.png")])
    few = peak(written(tmp_path, one * 500), Cleaning())
    many = peak(written(tmp_path, one * 5_000), Cleaning())
    assert (few[0], many[0]) == (500, 5_000)
    assert many[1] < few[1] * 1.2


def test_putting_together_reads_and_writes_in_pieces(tmp_path: Path) -> None:
    path = written(tmp_path, note("<p>a</p>", resources=[(bytes(8_000_000), "image/png", "a.png")]))
    with open(tmp_path / "out", "wb") as out:
        tracemalloc.start()
        try:
            CONTAINER.assemble(str(path), iter([b""]), out, Cleaning())
            size = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert (tmp_path / "out").read_bytes() == path.read_bytes()
    assert size < 4_000_000


def test_a_note_that_was_given_up_is_there_as_it_was(tmp_path: Path) -> None:
    path = written(tmp_path, note(f"<p>{LEFTOVER}</p><p>{LONG}</p>"))
    [piece] = CONTAINER.pieces(str(path), Cleaning())
    out = io.BytesIO()
    CONTAINER.assemble(str(path), iter([CONTAINER.put(piece, None, Cleaning())]), out, Cleaning())
    assert out.getvalue() == path.read_bytes()
