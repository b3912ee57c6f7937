package oht50.metrics.cli.demo;

/** A place on the rail. */
record Station(String id, double positionMm, boolean charges) {
  static final Station[] ALL = {
    new Station("STATION_001", 0, true),
    new Station("STATION_002", 2_400, false),
    new Station("STATION_003", 4_100, false),
    new Station("STATION_004", 6_300, false),
    new Station("STATION_005", 9_500, true),
  };
}
