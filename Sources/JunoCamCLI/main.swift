print("junocam")
