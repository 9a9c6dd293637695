// Room of Raster: see Documentation.
