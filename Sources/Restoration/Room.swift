// Room of Restoration: see Documentation.
