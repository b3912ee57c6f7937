package oht50.metrics.source.relabel;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * A unit as it relates to the base unit of what it measures: {@code base = (value + shift) *
 * numerator / denominator}. Two numbers and not their ratio, so that 250 ms are exactly 0.25 s.
 */
record Unit(String measures, double shift, double numerator, double denominator) {
  private static final Map<String, Unit> BY_WORD = new TreeMap<>();

  static {
    put("temperature", "celsius", 0, 1, 1);
    put("temperature", "fahrenheit", -32, 5, 9);
    put("temperature", "kelvin", -273.15, 1, 1);
    put("time", "ns", 0, 1, 1e9);
    put("time", "us", 0, 1, 1e6);
    put("time", "ms", 0, 1, 1e3);
    put("time", "s", 0, 1, 1);
    put("time", "min", 0, 60, 1);
    put("time", "h", 0, 3_600, 1);
    put("length", "mm", 0, 1, 1e3);
    put("length", "cm", 0, 1, 100);
    put("length", "m", 0, 1, 1);
    put("length", "km", 0, 1e3, 1);
    put("speed", "mm/s", 0, 1, 1e3);
    put("speed", "m/s", 0, 1, 1);
    put("speed", "km/h", 0, 5, 18);
    put("angle", "rad", 0, 1, 1);
    put("angle", "deg", 0, Math.PI, 180);
    put("voltage", "mV", 0, 1, 1e3);
    put("voltage", "V", 0, 1, 1);
    put("current", "mA", 0, 1, 1e3);
    put("current", "A", 0, 1, 1);
    put("power", "W", 0, 1, 1);
    put("power", "kW", 0, 1e3, 1);
    put("energy", "J", 0, 1, 1);
    put("energy", "Wh", 0, 3_600, 1);
    put("energy", "kWh", 0, 3.6e6, 1);
    put("charge", "mAh", 0, 1, 1e3);
    put("charge", "Ah", 0, 1, 1);
    put("pressure", "Pa", 0, 1, 1);
    put("pressure", "kPa", 0, 1e3, 1);
    put("pressure", "bar", 0, 1e5, 1);
    put("mass", "g", 0, 1, 1e3);
    put("mass", "kg", 0, 1, 1);
    put("data", "B", 0, 1, 1);
    put("data", "kB", 0, 1e3, 1);
    put("data", "MB", 0, 1e6, 1);
    put("data", "GB", 0, 1e9, 1);
    put("data", "KiB", 0, 1L << 10, 1);
    put("data", "MiB", 0, 1L << 20, 1);
    put("data", "GiB", 0, 1L << 30, 1);
    put("share", "ratio", 0, 1, 1);
    put("share", "percent", 0, 1, 100);
  }

  private static void put(
      String measures, String word, double shift, double numerator, double denominator) {
    BY_WORD.put(word, new Unit(measures, shift, numerator, denominator));
  }

  /** Null for a word that is none. */
  static Unit ofWord(String word) {
    return BY_WORD.get(word);
  }

  static Collection<String> words() {
    return BY_WORD.keySet();
  }

  /** A value of this unit in another one that measures the same. */
  double convert(double value, Unit to) {
    return (value + shift) * (numerator * to.denominator) / (denominator * to.numerator) - to.shift;
  }

  /** Whether zero of this unit is another point than zero of the other one. */
  boolean isShiftedAgainst(Unit other) {
    return convert(0, other) != 0;
  }
}
