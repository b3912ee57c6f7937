package oht50.metrics.count;

/** What is kept for the key at hand; null stands for nothing kept. */
public interface CountStore {
  CountedSecond second(long start);

  void second(long start, CountedSecond counted);

  CountIndex index();

  void index(CountIndex index);

  /** Asks to be called once the watermark has reached an instant; asking again changes nothing. */
  void wakeAt(long watermark);
}
