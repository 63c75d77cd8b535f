"""What machines read: feeds, sitemaps, structured data, `llms.txt`, the API as files, and what browsers ask for.

Every function is pure: the same values give the same bytes, and no text, however hostile, makes a file malformed. Files
are put together from strings, because a library's tree costs ten times as much; each format has one helper that escapes.
"""
