package oht50.metrics.source.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.Rejected;

/**
 * Records of one object, of an array of them, or of lines of either ({@link JsonLines}). An element
 * that cannot be read is rejected, and the others count; so is a line. Paths begin with the place
 * of the element: {@code [array]}, {@code [line]} or {@code [line][array]}, counted from 0.
 */
abstract class BulkDecoder extends JsonDecoder {
  private static final String ROOT = "";

  BulkDecoder(Duration maxAhead) {
    super(maxAhead);
  }

  /** Reads one object into the samples of its record. */
  abstract void element(Fields element, Draft draft, SampleGroups groups);

  /** The name of the first field of an object that stands for the array in it; null for none. */
  String wrapper() {
    return null;
  }

  private record Element(JsonNode node, long bytes) {}

  /** The elements of an array or of its wrapper, which stands at {@code place}. */
  private record Elements(String place, List<Element> elements) {}

  @Override
  void decode(byte[] value, Draft draft) {
    List<JsonLines.Line> lines = JsonLines.of(value);
    SampleGroups groups = new SampleGroups();
    for (int i = 0; i < lines.size(); i++) {
      JsonLines.Line line = lines.get(i);
      decodeValue(value, line.start(), line.length(), "[" + i + "]", draft, groups);
    }
    if (lines.isEmpty()) {
      decodeValue(value, 0, value.length, ROOT, draft, groups);
    }
    groups.emit(draft);
  }

  @Override
  final void decode(Fields message, Draft draft) {
    SampleGroups groups = new SampleGroups();
    element(message, draft, groups);
    groups.emit(draft);
  }

  private void decodeValue(
      byte[] value, int start, int length, String place, Draft draft, SampleGroups groups) {
    Elements array;
    JsonNode single = null;
    try {
      array = array(value, start, length, place);
      if (array == null && length <= MAX_MESSAGE_BYTES) {
        single = LenientJson.DOCUMENTS.readTree(value, start, length);
      }
    } catch (IOException e) {
      malformed(draft, path(place), e);
      return;
    }
    if (array != null) {
      decodeElements(array, draft, groups);
    } else if (single == null) {
      tooLarge(draft, path(place), length, MAX_MESSAGE_BYTES);
    } else if (place.isEmpty()
        && single instanceof ObjectNode object
        && CloudEvents.isStructured(object)) {
      decodeData(object, draft);
    } else if (!single.isMissingNode()) {
      decodeElement(single, place, draft, groups);
    } else if (place.isEmpty()) {
      empty(draft);
    }
  }

  private void decodeElements(Elements array, Draft draft, SampleGroups groups) {
    for (int i = 0; i < array.elements().size(); i++) {
      Element element = array.elements().get(i);
      String place = array.place() + "[" + i + "]";
      if (element.bytes() > MAX_MESSAGE_BYTES) {
        tooLarge(draft, place, element.bytes(), MAX_MESSAGE_BYTES);
      } else {
        decodeElement(element.node(), place, draft, groups);
      }
    }
  }

  private void decodeElement(JsonNode node, String place, Draft draft, SampleGroups groups) {
    if (node instanceof ObjectNode object) {
      element(Fields.at(place, object, draft), draft, groups);
    } else {
      wrongType(draft, path(place), node);
    }
  }

  private static String path(String place) {
    return place.isEmpty() ? Rejected.WHOLE : place;
  }

  // The whole array is read before anything of it counts: half of one would count again in full
  // when its sender repeats it.
  private Elements array(byte[] value, int start, int length, String place) throws IOException {
    try (JsonParser parser = LenientJson.DOCUMENTS.createParser(value, start, length)) {
      JsonToken first = parser.nextToken();
      boolean wrapped =
          first == JsonToken.START_OBJECT
              && wrapper() != null
              && wrapper().equals(parser.nextFieldName())
              && parser.nextToken() == JsonToken.START_ARRAY;
      if (!wrapped && first != JsonToken.START_ARRAY) {
        return null;
      }
      List<Element> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        long from = parser.currentTokenLocation().getByteOffset();
        JsonNode node = LenientJson.ELEMENTS.readTree(parser);
        elements.add(new Element(node, parser.currentLocation().getByteOffset() - from));
      }
      if (wrapped) {
        skipRestOfObject(parser);
      }
      if (parser.nextToken() != null) {
        throw new IOException("text after the end of the array");
      }
      return new Elements(wrapped ? inside(place) + wrapper() : place, elements);
    }
  }

  private static void skipRestOfObject(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      parser.nextToken();
      parser.skipChildren();
    }
  }

  private static String inside(String place) {
    return place.isEmpty() ? "" : place + ".";
  }
}
