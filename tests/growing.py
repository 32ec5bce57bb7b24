"""Texts of any length in which one thing comes again and again, for what must not grow with the square of the text."""

from __future__ import annotations

GROWING = {
    "clauses": lambda n: (
        "In 2024, " + ", and ".join(f"the plans of area {i % 9 + 1} rose to {1000 + i}" for i in range(n))
    ),
    "figures": lambda n: "EHC plans were " + ", ".join(f"{i}%" for i in range(4 * n)),
    "brackets": lambda n: "EHC plans " + " ".join(f"(up {i}%)" for i in range(2 * n)),
    "open brackets": lambda n: "EHC plans rose " + "(" * n + "5%" + ")" * n,
    "periods": lambda n: "EHC plans were " + ", ".join(f"{i} in March {2000 + i % 25}" for i in range(2 * n)),
    "bare numbers": lambda n: "EHC plans " + " ".join(map(str, range(10, 6 * n))),
    "list items": lambda n: "Plans by school in 2024:\n" + "\n".join(f"- School {i}: {i + 10}" for i in range(n)),
    "questions": lambda n: "\n".join(f"{i}. How many EHC plans were issued in {2010 + i % 9}?\n{i}" for i in range(n)),
    "digits": lambda n: "EHC plans: " + "7" * (50 * n),
    "thousands": lambda n: "EHC plans: " + "7,777," * (8 * n),
    "dots": lambda n: "EHC plans: " + "7." * (25 * n),
    "letters": lambda n: "EHC plans " + "a1b2" * (12 * n) + " 55%",
    "same words": lambda n: "There were 5 " + "EHC plans issued within 20 weeks of requests for assessment and " * n,
    "of which": lambda n: "Of 500 plans, " + ", of which ".join(f"{i} were new" for i in range(n)),
    "parts": lambda n: "Plans: " + "; ".join(f"{i}% SEMH" for i in range(2 * n)),
    "abbreviations": lambda n: "Plans e.g. " * (4 * n) + "5%",
    "from to": lambda n: "Plans rose " + " ".join(f"from {i} to {i + 1}" for i in range(n)),
    "councils": lambda n: "Plans in " + ", ".join(f"{('Kent', 'Devon', 'Leeds')[i % 3]} {i}%" for i in range(2 * n)),
    "one line": lambda n: " ".join(f"In 2024 there were {i} EHC plans." for i in range(n)),
    "lines": lambda n: "\n\n".join(f"In 2024 there were {i} EHC plans." for i in range(n)),
}
