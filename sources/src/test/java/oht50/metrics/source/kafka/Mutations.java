package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Messages that somebody might send by mistake or with intent: known ones, changed at random. */
final class Mutations {
  private static final int MOST_CHANGES = 6;
  private static final int LARGEST = 24 << 10; // beyond the limit of a message

  /** What parsers and arithmetic have stumbled over. */
  private static final String[] NASTY = {
    "null",
    "true",
    "NaN",
    "-Infinity",
    "1e999",
    "-0.0",
    "1e-400",
    "9223372036854775808",
    "-1",
    "0",
    "\"\"",
    "\" \"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "{}",
    "[]",
    "[null]",
    "{\"\":{}}",
    "[[[[[[[[[[[[",
    "{\"a\":{\"a\":{\"a\":",
    "//",
    "/*",
    "*/",
    ",",
    ":",
    "}",
    "]",
    "\"",
    "\\",
    "\\u",
    "\ufeff",
    "1795546200000000000000",
    "\"2026-13-45T99:99:99Z\"",
    "\"+292278994-08-17T07:12:55.807Z\"",
    "\"__name__\"",
    "\"__overflow__\"",
    "\"robot_id\":\"x\",",
    "\n{",
    "\n"
  };

  private static final String[] NASTY_VALUES = {
    "null",
    "true",
    "false",
    "NaN",
    "-Infinity",
    "1e999",
    "-0.0",
    "1e-400",
    "9223372036854775808",
    "-1",
    "0",
    "101",
    "0.5",
    "1795546200",
    "1795546200000000000000",
    "\"\"",
    "\" \"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "{}",
    "[]",
    "[null]",
    "[[]]",
    "\"2026-13-45T99:99:99Z\"",
    "\"idle\"",
    "\"__name__\"",
    "\"+292278994-08-17T07:12:55.807Z\"",
    "\"12\"",
    "{\"a\":{\"a\":{\"a\":1}}}"
  };

  /** Of ten messages so many stay JSON: others tell more about the parser than about decoders. */
  private static final int JSON_OF_TEN = 7;

  private final List<byte[]> seeds;
  private final List<JsonNode> trees; // null for a seed that is no JSON
  private final List<JsonNode> values = new ArrayList<>();
  private final SplittableRandom random;

  Mutations(List<byte[]> seeds, long seed) {
    this.seeds = seeds;
    this.trees = new ArrayList<>();
    for (byte[] message : seeds) {
      trees.add(tree(message));
    }
    for (String value : NASTY_VALUES) {
      values.add(tree(value.getBytes(StandardCharsets.UTF_8)));
    }
    this.random = new SplittableRandom(seed);
  }

  private static JsonNode tree(byte[] message) {
    try {
      return LenientJson.DOCUMENTS.readTree(message);
    } catch (IOException e) {
      return null;
    }
  }

  int anyOf(int count) {
    return random.nextInt(count);
  }

  /** One of the seeds, changed. */
  byte[] next(int seed) {
    byte[] message = seeds.get(seed);
    int changes = 1 + random.nextInt(MOST_CHANGES);
    if (trees.get(seed) != null && random.nextInt(10) < JSON_OF_TEN) {
      JsonNode tree = trees.get(seed).deepCopy();
      for (int i = 0; i < changes; i++) {
        change(tree);
      }
      return LenientJson.write(tree).getBytes(StandardCharsets.UTF_8);
    }
    for (int i = 0; i < changes && message.length > 0 && message.length < LARGEST; i++) {
      message = changed(message);
    }
    return message;
  }

  /** Goes down to any place in it, and changes what is there. */
  private void change(JsonNode tree) {
    JsonNode at = tree;
    while (at.isContainerNode() && !at.isEmpty()) {
      int child = random.nextInt(at.size());
      JsonNode below =
          at instanceof ObjectNode object ? object.get(name(object, child)) : at.get(child);
      if (!below.isContainerNode() || below.isEmpty() || random.nextInt(3) == 0) {
        changeChild(at, child);
        return;
      }
      at = below;
    }
  }

  private static String name(ObjectNode object, int child) {
    var names = object.fieldNames();
    for (int i = 0; i < child; i++) {
      names.next();
    }
    return names.next();
  }

  private void changeChild(JsonNode parent, int child) {
    JsonNode value = values.get(random.nextInt(values.size())).deepCopy();
    int kind = random.nextInt(8);
    if (parent instanceof ObjectNode object) {
      String name = name(object, child);
      if (kind == 0) {
        object.remove(name);
      } else if (kind == 1) {
        object.set(name + "x", object.remove(name));
      } else if (kind == 2) {
        object.set(name, any().deepCopy());
      } else {
        object.set(name, value);
      }
    } else if (parent instanceof ArrayNode array) {
      if (kind == 0) {
        array.remove(child);
      } else if (kind == 1) {
        array.add(array.get(child).deepCopy());
      } else {
        array.set(child, value);
      }
    }
  }

  private JsonNode any() {
    JsonNode tree = trees.get(anyOf(trees.size()));
    return tree == null ? values.get(0) : tree;
  }

  private byte[] changed(byte[] message) {
    int at = random.nextInt(message.length);
    return switch (random.nextInt(8)) {
      case 0 -> flipped(message, at);
      case 1 -> spliced(message, at, at + random.nextInt(40), new byte[0]);
      case 2 -> spliced(message, at, at, slice(message));
      case 3 -> spliced(message, at, at, nasty());
      case 4 -> value(message, at);
      case 5 -> spliced(message, at, message.length, new byte[0]);
      case 6 ->
          spliced(message, at, at + random.nextInt(60), slice(seeds.get(anyOf(seeds.size()))));
      default -> digits(message, at);
    };
  }

  private byte[] nasty() {
    return NASTY[random.nextInt(NASTY.length)].getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] withByte(byte[] message, int at, int value) {
    byte[] copy = message.clone();
    copy[at] = (byte) value;
    return copy;
  }

  private byte[] flipped(byte[] message, int at) {
    return withByte(message, at, message[at] ^ (1 << random.nextInt(8)));
  }

  private byte[] digits(byte[] message, int from) {
    for (int at = from; at < message.length; at++) {
      if (message[at] >= '0' && message[at] <= '9') {
        return withByte(message, at, '0' + random.nextInt(10));
      }
    }
    return message;
  }

  /** Something else in place of the value of a field. */
  private byte[] value(byte[] message, int from) {
    for (int at = from; at < message.length; at++) {
      if (message[at] == ':') {
        int end = at + 1;
        while (end < message.length && message[end] != ',' && message[end] != '}') {
          end++;
        }
        return spliced(message, at + 1, end, nasty());
      }
    }
    return message;
  }

  private byte[] slice(byte[] message) {
    int from = random.nextInt(message.length);
    int length = Math.min(message.length - from, random.nextInt(80));
    return Arrays.copyOfRange(message, from, from + length);
  }

  private static byte[] spliced(byte[] message, int from, int to, byte[] in) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + in.length);
    int end = Math.min(to, message.length);
    out.write(message, 0, from);
    out.writeBytes(in);
    out.write(message, end, message.length - end);
    return out.toByteArray();
  }
}
