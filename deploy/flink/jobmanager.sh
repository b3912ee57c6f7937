#!/bin/bash
# The JobManager with the job, going on from the newest checkpoint that is complete: without high
# availability nobody else remembers it, and an empty start would forget everything.
set -euo pipefail
checkpoints=${OHT50_CHECKPOINTS:-/var/lib/oht50/checkpoints}
# A checkpoint is complete when it has its _metadata, which is written last and in one piece.
newest=$(find "$checkpoints" -mindepth 3 -maxdepth 3 -path '*/chk-*/_metadata' -size +0c -printf '%T@ %h\n' 2>/dev/null \
  | sort --numeric-sort --reverse | head --lines=1 | cut --delimiter=' ' --fields=2- || true)
restore=()
if [[ -n $newest ]]; then
  echo "Going on from $newest" >&2
  restore=(--fromSavepoint "$newest")
fi
rules=()
if [[ -n ${OHT50_RULES_FOLDER:-} ]]; then
  rules=(--set "rules.folder=$OHT50_RULES_FOLDER")
fi
exec "${OHT50_ENTRYPOINT:-/docker-entrypoint.sh}" standalone-job --job-classname oht50.metrics.job.MetricsJob "${restore[@]}" \
  --config /opt/oht50/job.yaml \
  --set "kafka.bootstrap-servers=$OHT50_KAFKA" \
  --set "postgres.url=$OHT50_POSTGRES_URL" \
  --set "postgres.user=$OHT50_POSTGRES_USER" \
  --set "time.zone=$OHT50_ZONE" \
  --set host.enabled=false "${rules[@]}"
