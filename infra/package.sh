#!/usr/bin/env bash
# Packs the app for one durable backend: infra/package.sh AzureStorage|DurableTaskScheduler [PUBLISHED_FOLDER]
# Leaves app.zip in the current folder. Without a folder it publishes src/Functions first.
#
# The backend is written into the packed host.json and not set as an app setting: Azure decides from that file, and not from settings, which hub
# to watch in order to wake an app that sleeps.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
backend=${1:?"say AzureStorage or DurableTaskScheduler"}
case $backend in
  AzureStorage) provider='{ "type": "AzureStorage", "connectionName": "AzureWebJobsStorage" }' ;;
  DurableTaskScheduler) provider='{ "type": "azureManaged", "connectionStringName": "DURABLE_TASK_SCHEDULER_CONNECTION_STRING" }' ;;
  *) echo "Unknown backend: $backend. AzureStorage and DurableTaskScheduler are known." >&2; exit 2 ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ $# -ge 2 ]; then
  cp -R "$2" "$work/app"
else
  dotnet restore "$root/Dunning.sln"
  dotnet publish "$root/src/Functions" --configuration Release --output "$work/app"
fi

host=$work/app/host.json
[ -f "$host" ] || { echo "No host.json in what was published: the app would start without its settings." >&2; exit 1; }
# partitionCount and the like stay as the repository has them, unless they belong to the other backend.
jq --argjson provider "$provider" '
  .extensions.durableTask.hubName = "%TASKHUB_NAME%"
  | .extensions.durableTask.storageProvider =
      (if $provider.type == "AzureStorage" then ((.extensions.durableTask.storageProvider // {}) + $provider) else $provider end)' \
  "$host" > "$work/host.json"
mv "$work/host.json" "$host"

# A settings file of a developer never travels.
rm -f "$work/app/local.settings.json"
rm -f app.zip
zip="$PWD/app.zip"
(cd "$work/app" && zip -qr "$zip" .)
echo "Packed for $backend: app.zip"
