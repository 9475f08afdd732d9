-- Goes through a list of paths, each thread its own share, and prints a line for the bench. wrk … -s wrk-tiles.lua URL -- list.txt
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  requests = {}
  for path in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", path)
  end
  at = math.floor(number * #requests / 2)
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
  io.write(string.format("bench %d %d %d %d %d %d %d %d\n", summary.requests, summary.duration, summary.bytes, errors,
    latency:percentile(50), latency:percentile(95), latency:percentile(99), latency.max))
end
