@_exported public import HopfieldClassical
@_exported public import HopfieldEnergy
@_exported public import HopfieldPatterns
