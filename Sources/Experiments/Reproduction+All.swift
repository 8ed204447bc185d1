extension Reproduction {
  /// All reproductions, by the year of the paper; last, what many papers have measured.
  public static let all: [Reproduction] = [
    .hopfield1982, .hopfieldFeinsteinPalmer1983, .hopfield1984, .amitGutfreundSompolinsky1985,
    .personnaz1985, .mezardNadalToulouse1986, .parisi1986, .sompolinskyKanter1986, .derrida1987,
    .kanterSompolinsky1987, .krauthMezard1987, .mcEliece1987, .amariMaginu1988, .kanter1988,
    .kosko1988, .tsodyksFeigelman1988, .fontanari1990, .storkey1997, .during1998,
    .bogaczBrown2003, .krotovHopfield2016, .demircigil2017, .ramsauer2021, .millidge2022,
    .transition,
  ]
}
