-- The next place for an alert: with its handful or with the next one, an even gap after the last, never more than so
-- many messages in a second, once a second under any flood of answers. The same rule as Budget's, for all replicas.
-- KEYS: gone, answers, handful, pause, chat. ARGV: most in a second, most together, second, hair, rest of the chat
-- (microseconds): whoever is late by less than a hair counts as the handful's first. Returns which verdict it is and how many microseconds to wait: only differences leave, so that no
-- clock is compared.
local PLACE, CHAT_RESTS, EVERYBODY_WAITS = 0, 1, 2
local gone, answers, handful, pause, chat = unpack(KEYS)
local most, together, second = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local hair, rest = tonumber(ARGV[4]), tonumber(ARGV[5])
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]

local function number(key)
    return tonumber(redis.call('GET', key) or 0)
end

local paused_until = number(pause)
if paused_until > now then
    return {EVERYBODY_WAITS, paused_until - now}
end
local rested = number(chat)
if rested > now then
    return {CHAT_RESTS, rested - now}
end

local over = string.format('%.0f', now - second)
redis.call('ZREMRANGEBYSCORE', gone, '-inf', over)
redis.call('ZREMRANGEBYSCORE', answers, '-inf', over)
local known = redis.call('HMGET', handful, 'opened', 'taken', 'last')
local opened, taken, last_place = tonumber(known[1] or 0), tonumber(known[2] or 0), tonumber(known[3] or 0)
local following = opened + together * second / math.max(1, most - redis.call('ZCARD', answers))
local place = math.max(now, following)
if taken < together and now < following then
    place = math.max(now, opened)
end
local earlier = redis.call('ZREVRANGE', gone, most - 1, most - 1, 'WITHSCORES')
if earlier[2] then
    place = math.max(place, math.min(tonumber(earlier[2]), last_place) + second)
end
place = math.ceil(place)
if taken < together and place < following then
    taken = taken + 1
else
    opened, taken = place, 1
end

local counts_at = place - opened < hair and opened or place
local moment, counted = string.format('%.0f', place), string.format('%.0f', counts_at)
local kept = math.ceil((place - now + second) / 1000)
redis.call('HSET', handful, 'opened', string.format('%.0f', opened), 'taken', taken, 'last', moment)
redis.call('PEXPIRE', handful, math.ceil((place - now + together * second) / 1000))
redis.call('ZADD', gone, counted, 'alert ' .. counted .. ' ' .. taken)
redis.call('PEXPIRE', gone, kept)
redis.call('SET', chat, string.format('%.0f', place + rest), 'PX', math.ceil((place - now + rest) / 1000))
return {PLACE, place - now}
