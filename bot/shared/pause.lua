-- Everybody waits; a longer wait is never shortened.
-- KEYS: pause. ARGV: for how long (microseconds). Returns what place.lua returns.
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local until_then = now + tonumber(ARGV[1])
if until_then > tonumber(redis.call('GET', KEYS[1]) or 0) then
    redis.call('SET', KEYS[1], string.format('%.0f', until_then), 'PX', math.ceil(tonumber(ARGV[1]) / 1000))
end
return {0, 0}
