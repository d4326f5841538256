"""Texts that look like clippings, and texts that look like nothing on earth."""

from __future__ import annotations

from hypothesis import strategies as st

NOISE = [
    "Advertisement",
    "You have {{numberArticlesLeft}} free article{{numberArticlesLeft-plural}} left this month",
    "This is your last free article this month",
    "Stay ahead with our exclusives on Asia",
    "Try 1 month for $0.99",
    "Offer ends October 31st",
    "See all offers",
    "Share on Facebook",
    "Facebook",
    "Icon FacebookIcon Twitter",
    "Created with Sketch.",
    "Sign up for our newsletter",
    "Enter your email address",
    "Subscribe",
    "READ NEXT: Harbour to close in May",
    "Related articles",
    "© 2024 The Evening Post. All rights reserved.",
    "Terms of Service | Privacy Policy",
    "Hej {{firstName}}! Welcome back.",
    "30 {{upvoteCount | shortNum}}",
    "[vc_row][vc_column]",
    "volunteer_activismMake a Donation",
    "arrow_drop_down",
    "\ue000\ue001",
]
PROSE = [
    "The council met on Tuesday evening and voted, after a long debate, to keep the old bridge open until the spring.",
    "“We have waited ten years,” said the harbour master. “Another winter will not hurt us.”",
    "Sign up!",
    "A short line",
    "Ferries",
    "She wrote about paywalls and newsletters for a living, and subscribed to none.",
    "Prices rose by 3 % to $9 a month, the report says.",
]
MARKUP = [
    "# A heading",
    "- a bullet",
    "> a quotation",
    "```",
    "    indented();",
    "`{{ name }}` is a variable",
    "---",
    "title: The old bridge",
    "source: https://asia.nikkei.com/story",
    "[Sign up](https://example.com/newsletter)",
    "[A link\nover two lines](https://example.com)",
    "![](picture.png)",
    "| a | b |",
    "$$x^2$$",
    "{% for x in y %}",
    "cout << x << endl;",
]
ODD = [
    "",
    "",
    "",
    " ",
    "\u200b",
    "\t",
    "\x00",
    "\ufeff",
    "\u00a0",
    "•",
    "*",
    "{{",
    "}}",
    "<<",
    ">>",
    "$",
    "`",
    "[",
    "](",
]

line = st.one_of(
    st.sampled_from(NOISE),
    st.sampled_from(PROSE),
    st.sampled_from(MARKUP),
    st.sampled_from(ODD),
    st.lists(st.sampled_from(NOISE + PROSE + ODD), min_size=2, max_size=3).map("".join),
    st.text(max_size=20),
)
line_end = st.sampled_from(["\n", "\n", "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n\n\n", " \n"])
clipping = st.lists(st.tuples(line, line_end), max_size=25).map(lambda pairs: "".join(a + b for a, b in pairs))
any_text = st.one_of(clipping, clipping, st.text(max_size=300))
