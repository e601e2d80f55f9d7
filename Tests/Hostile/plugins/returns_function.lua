-- Returns a function.
-- exit: 3
-- says: a plugin returns a metric, or a list of metrics

return function() end
