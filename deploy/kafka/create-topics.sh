#!/bin/bash
# Creates the job's topics where they are missing. Argument: bootstrap servers.
set -euo pipefail
for topic in telemetry missions safety points host modules config logs performance alerts.external registry clock repair alerts alerts.fast rejected; do
  kept=()
  largest=1048576
  case "$topic" in
    registry)
      # Kept for good, the newest record of each robot; a job that was away for a week still sees who left.
      kept=(--config cleanup.policy=compact --config delete.retention.ms=604800000)
      ;;
    repair)
      # A record holds days of a series. After a week the job would have to refuse to start anyhow.
      kept=(--config retention.ms=604800000)
      largest=16777216
      ;;
  esac
  # The append time bounds what a wrong clock can do: watermarks never run ahead of it.
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$1" --create --if-not-exists \
    --topic "oht50.$topic" --partitions 4 --replication-factor 1 \
    --config message.timestamp.type=LogAppendTime --config max.message.bytes="$largest" "${kept[@]}"
done
