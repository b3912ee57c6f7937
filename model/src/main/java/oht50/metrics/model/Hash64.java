package oht50.metrics.model;

import java.nio.charset.StandardCharsets;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;

/**
 * XXH64 (Yann Collet, https://github.com/Cyan4973/xxHash) over UTF-8 text. Its results are
 * persisted ids, so neither the algorithm nor a seed may change.
 */
public final class Hash64 {
  /** Seed of every persisted id. */
  static final long ID_SEED = 0;

  /** Seed of the second hash that travels beside a series id and uncovers a collision. */
  static final long CHECK_SEED = 0x4f48543530L; // "OHT50"

  private static final XXHash64 XXH64 = XXHashFactory.safeInstance().hash64();

  private Hash64() {}

  /** The id of a text: XXH64 with seed 0. */
  public static long id(String text) {
    return id(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The id of bytes: XXH64 with seed 0. */
  public static long id(byte[] bytes) {
    return id(bytes, 0, bytes.length);
  }

  /** The id of some of the bytes. */
  public static long id(byte[] bytes, int from, int length) {
    return XXH64.hash(bytes, from, length, ID_SEED);
  }

  static long check(byte[] bytes) {
    return XXH64.hash(bytes, 0, bytes.length, CHECK_SEED);
  }

  /** The id of a text as 16 lower-case hexadecimal digits. */
  public static String hex(String text) {
    return toHex(id(text));
  }

  /** 16 lower-case hexadecimal digits of a 64-bit id. */
  public static String toHex(long id) {
    String digits = Long.toHexString(id);
    return "0".repeat(16 - digits.length()) + digits;
  }
}
