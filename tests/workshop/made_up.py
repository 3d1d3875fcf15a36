"""What people give in a room that is made up."""

CRITERIA = ("quality", "cost", "latency", "residency", "skills", "ethics")
HOSTILE = [
    '=HYPERLINK("http://x")',
    "<script>alert(1)</script>",
    "![](http://x/y.png) | **b**",
    "שלום \u202e abc",
    "Zeile\nzwei \u0007",
]
