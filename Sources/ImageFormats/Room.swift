// Room of ImageFormats: see Documentation.
