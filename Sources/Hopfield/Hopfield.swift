@_exported public import HopfieldClassical
@_exported public import HopfieldDense
@_exported public import HopfieldEnergy
@_exported public import HopfieldGraded
@_exported public import HopfieldModern
@_exported public import HopfieldPatterns
