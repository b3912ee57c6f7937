#!/bin/bash
# Creates the job's topics where they are missing. Argument: bootstrap servers.
set -euo pipefail
for topic in telemetry missions safety points clock alerts alerts.fast rejected; do
  # The append time bounds what a wrong clock can do: watermarks never run ahead of it.
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$1" --create --if-not-exists \
    --topic "oht50.$topic" --partitions 4 --replication-factor 1 \
    --config message.timestamp.type=LogAppendTime --config max.message.bytes=1048576
done
