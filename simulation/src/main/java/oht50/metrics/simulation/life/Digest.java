package oht50.metrics.simulation.life;

import java.util.Collection;

/** A checksum in which order plays no part. */
public final class Digest {
  private Digest() {}

  public static long of(Collection<?> answers) {
    long digest = answers.size();
    for (Object answer : answers) {
      long h = answer.hashCode() * 0x9e3779b97f4a7c15L;
      digest += (h ^ (h >>> 29)) * 0xbf58476d1ce4e5b9L;
    }
    return digest;
  }
}
