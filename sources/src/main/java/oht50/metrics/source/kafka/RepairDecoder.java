package oht50.metrics.source.kafka;

import java.io.IOException;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.source.Decoded;
import oht50.metrics.wire.RepairRecord;

/** What is stored around windows that are to be repaired: {@link RepairRecord}. */
public final class RepairDecoder implements Decoder {
  @Override
  public Decoded decode(RawRecord record) {
    Draft draft = new Draft(record, record.position().sourceId(), 0);
    byte[] value = record.value();
    if (value == null || value.length == 0) {
      reject(draft, RejectReason.MALFORMED_BINARY, "no value");
    } else if (!RepairRecord.isKnown(value)) {
      reject(draft, RejectReason.UNSUPPORTED_VERSION, "saw version " + value[0]);
    } else {
      read(value, draft);
    }
    return draft.finish();
  }

  private static void read(byte[] value, Draft draft) {
    try {
      draft.backfill(RepairRecord.read(value));
    } catch (IOException | RuntimeException e) {
      reject(
          draft,
          RejectReason.MALFORMED_BINARY,
          Text.brief(Text.sanitise(String.valueOf(e.getMessage()))));
    }
  }

  private static void reject(Draft draft, RejectReason reason, String detail) {
    draft.reject(Rejected.WHOLE, reason, detail);
  }
}
