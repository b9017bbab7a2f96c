"""An article with everything that a file can contain."""

MARKDOWN = """---
title: "Why: bread"
topic: Kitchen
author: Lucia Ferrante
published: 2026-10-29 07:15
short answer: Yeast makes gas,
  and gluten holds it.
---

Flour and water.

## The gas

Bubbles.

## Facts: A loaf

- **Warm:** 24 to 28 °C
  Source: [McGee](https://example.org/)
  As of: 2004-11-23
- Rye is denser: it has little gluten.
  Source: A baker

## Frequently asked questions

### How long? {#time}

An hour.

Or two.

### How warm?
Warm.

## Discussion (closed)

### Eilidh Murray, 2026-10-30 06:50
First.

### > A reader, 2026-10-30 07:00
An answer.

### >> Samir Haddad
Another, deeper.

### Anneke Vos, 2026-11-03 09:12 (removed: spam)
Buy.
"""
