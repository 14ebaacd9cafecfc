"""Word documents made of any bytes: each is an element that is opened, closed, or written inside."""

from __future__ import annotations

from word_files import docx

from wellread.importing.converted import Converted
from wellread.importing.word.document import docx_to_html

_OPENED = (
    "w:p", "w:r", "w:r", "w:p", "w:tbl", "w:tr", "w:tc", "w:hyperlink", "w:ins", "w:del", "w:sdt", "w:sdtContent",
    "w:pPr", "w:rPr", "w:numPr", "mc:AlternateContent", "mc:Choice", "mc:Fallback", "w:pict", "w:txbxContent",
    "m:oMath", "m:f", "m:num", "m:den", "m:sSup", "m:e", "m:sup", "m:d", "m:dPr", "m:m", "m:mr", "m:rad", "m:deg",
    "m:nary", "m:r", "w:tcPr", "w:tblPr", "w:fldSimple", "w:ruby", "w:rt", "w:rubyBase", "w:smartTag", "w:sectPr",
)  # fmt: skip
_WRITTEN = (
    "<w:t>Cough </w:t>", "<w:t>1. Rest</w:t>", "<w:t>• item</w:t>", "<w:t>What helps?</w:t>", "<w:t>²</w:t>",
    '<w:t xml:space="preserve"> </w:t>', "<w:tab/>", "<w:br/>", '<w:br w:type="page"/>', "<w:cr/>", "<w:b/>", "<w:i/>",
    "<w:vanish/>", "<w:strike/>", '<w:b w:val="0"/>', '<w:sz w:val="48"/>', '<w:sz w:val="x"/>', "<w:noBreakHyphen/>",
    '<w:vertAlign w:val="superscript"/>', '<w:pStyle w:val="heading1"/>', '<w:pStyle w:val="Title"/>',
    '<w:pStyle w:val="none"/>', '<w:ilvl w:val="1"/>', '<w:ilvl w:val="99"/>', '<w:numId w:val="1"/>',
    '<w:numId w:val="3"/>', '<w:numId w:val="-1"/>', '<w:gridSpan w:val="3"/>', '<w:gridSpan w:val="9999999"/>',
    '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:fldChar w:fldCharType="begin"/>',
    '<w:fldChar w:fldCharType="separate"/>', '<w:fldChar w:fldCharType="end"/>', "<w:instrText>PAGE</w:instrText>",
    '<w:instrText> HYPERLINK "https://example.org" </w:instrText>', '<w:outlineLvl w:val="0"/>', "<m:t>x</m:t>",
    "<w:delText>gone</w:delText>", '<w:sym w:font="Symbol" w:char="F0B7"/>', '<w:sym w:char="zz"/>',
    '<w:footnoteReference w:id="1"/>', '<m:chr m:val="∑"/>', '<w:jc w:val="center"/>', "<a:t>drawn</a:t>",
)  # fmt: skip


def convert_made_docx(data: bytes) -> Converted:
    """Convert the document that some bytes stand for."""
    return docx_to_html(
        docx(body_of(data), {"footnotes": '<w:footnote w:id="1"><w:p><w:r><w:t>n</w:t></w:r></w:p></w:footnote>'})
    )


def body_of(data: bytes) -> str:
    """The elements: a byte opens one, writes something, or closes what was opened last."""
    written: list[str] = []
    opened: list[str] = []
    for byte in data:
        if byte < 2 * len(_OPENED):
            opened.append(_OPENED[byte % len(_OPENED)])
            written.append(f"<{opened[-1]}>")
        elif byte < 220:
            written.append(_WRITTEN[byte % len(_WRITTEN)])
        elif opened:
            written.append(f"</{opened.pop()}>")
    return "".join([*written, *(f"</{name}>" for name in reversed(opened))])
