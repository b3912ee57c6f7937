#!/bin/bash
# Creates the job's topics where they are missing. Argument: bootstrap servers.
set -euo pipefail
for topic in oht50.telemetry oht50.missions oht50.safety oht50.points oht50.host oht50.modules oht50.config oht50.logs oht50.performance oht50.alerts.external vda5050.state vda5050.connection oht50.registry oht50.clock oht50.repair oht50.rules oht50.recorded oht50.alerts oht50.alerts.fast oht50.rejected; do
  kept=()
  largest=1048576
  partitions=4
  case "$topic" in
    oht50.registry)
      # Kept for good, the newest record of each robot; a job that was away for a week still sees who left.
      kept=(--config cleanup.policy=compact --config delete.retention.ms=604800000)
      ;;
    oht50.repair)
      # A record holds days of a series. After a week the job would have to refuse to start anyhow.
      kept=(--config retention.ms=604800000)
      largest=16777216
      ;;
    oht50.rules)
      # One partition: whoever sends sets, they are in one order, and the offset is the version. The newest is kept for good.
      partitions=1
      kept=(--config cleanup.policy=compact --config min.compaction.lag.ms=604800000)
      ;;
  esac
  # The append time bounds what a wrong clock can do: watermarks never run ahead of it.
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$1" --create --if-not-exists \
    --topic "$topic" --partitions "$partitions" --replication-factor 1 \
    --config message.timestamp.type=LogAppendTime --config max.message.bytes="$largest" "${kept[@]}"
done
