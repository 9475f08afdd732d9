-- Asks for a list of paths at a steady pace on each connection, and counts what came of it. wrk … -s wrk-overload.lua URL -- list.txt PAUSE_MS
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  requests = {}
  for path in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", path)
  end
  pause, at, served, shed, other = tonumber(args[2]), 0, 0, 0, 0
end

function delay()
  return pause
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function response(status)
  if status == 200 or status == 204 then served = served + 1 elseif status == 503 then shed = shed + 1 else other = other + 1 end
end

function done(summary)
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  for _, thread in ipairs(threads) do
    io.write(string.format("bench %d %d %d %d %d %d\n", summary.requests, summary.duration, thread:get("served"), thread:get("shed"), thread:get("other"), errors))
  end
end
