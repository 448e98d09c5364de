-- Counts an answer, unless everybody has to wait.
-- KEYS: gone, answers, pause. ARGV: second (microseconds). Returns what place.lua returns.
local gone, answers, pause = unpack(KEYS)
local second = tonumber(ARGV[1])
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]

local paused_until = tonumber(redis.call('GET', pause) or 0)
if paused_until > now then
    return {2, paused_until - now}
end

local moment, over = string.format('%.0f', now), string.format('%.0f', now - second)
for _, key in ipairs({gone, answers}) do
    redis.call('ZREMRANGEBYSCORE', key, '-inf', over)
    redis.call('ZADD', key, moment, 'answer ' .. moment .. ' ' .. redis.call('ZCARD', key))
    if redis.call('PTTL', key) < second / 1000 then
        redis.call('PEXPIRE', key, math.ceil(second / 1000))
    end
end
return {0, 0}
