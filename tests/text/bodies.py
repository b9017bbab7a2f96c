"""Comments in many scripts and habits, which have lost words before or are likely to."""

from typing import Final

USUAL: Final = [
    "Thanks, @Ada Brook!\n\nSee https://example.org/tides_(spring), and “https://example.org/a”.",
    "> They said X.\nI say Y.\n\n> > twice quoted\n> once",
    "".join(f"{'  ' * level}- level {level}\n" for level in range(12))
    + "                        - kestrel",
    "1. flour\n2. water\n   a. cold\n   b. clean\n3. salt",
    "1. one\n\n   more of one\n\n   ```py\n   x = 1\n   ```\n2. two",
    "•\tone\n•\ttwo\n◦ three\n– four",
    "* * *\n\n- - -\n\n***\n\n___",
    "2*3*4 = 24, __init__, *args, **kwargs, ¯\\_(ツ)_/¯ and C:\\new_dir\\*.txt",
    "| name | tide |\n|---|---|\n| Ada | low | too much |",
    "a | b\n--|--\n1 | 2",
    "```sql\n> SELECT 1;\n```\n~~~\nnot ended",
    "``` the words behind the fence\ncode\n```",
    "# Heading?\n===\nText\n---\nmore",
    "[a][b] and [c]: https://example.org/ \"title\"\n\n[b]: https://example.org/ 'words'",
    '[words](https://example.org/ "a title") ![picture of a kestrel](https://example.org/k.png)',
    "[](https://example.org/) [ ]( ) [x]() [[y]](https://example.org/)",
    (
        "<b>bold</b> <script>alert(1)</script> <!-- a note --> <a href='x'>y</a> &lt;z&gt; "
        "&nbsp;&copy;"
    ),
    "Soft\x0bbreak\x0cand\x85more\u2028lines\u2029here\x00end",
    "**重要**。これは**「大事」**です。中文@Ada Brook说",
    "שלום עולם\n\nEnglish here\n\n- אחת\n- שתיים",
    "سلام دنیا، این یک متن است؟\n\n> نقل قول\n\nپاسخ",
    "हिन्दी में *लिखा* गया। ที่นี้**ไทย**ครับ Nguyễn Thị Minh",
    "e\u0301 and ﬁ and ½ and Ⅻ and １２３ and 👩‍🚀🇩🇪1️⃣",
    '\'Tis "quoted" — so… it’s ‘fine’ … 5\'10" `code` ``a ` b`` don`t',
    "    four spaces\n\tand a tab\n\n        eight",
    "- a\n+ b\n* c\n1) d\n2. e\n20260101. f\n998. g\n999. h",
    "[ ] to do\n- [x] done\n- [ ] open",
    "Ada Brook\n12 Harbour Lane\nWest Town  \nBack\\\nslash",
    "~~gone~~ ~so~ *a **b** c* ***d*** _e_ __f__ *g_h*i_",
    "*" * 60 + "a" + "*" * 60 + " " + "[" * 60 + "b" + "]" * 60,
]
